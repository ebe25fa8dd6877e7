import type { Page, WebSocketRoute } from 'playwright-core'
import { expect, it } from 'vitest'
import { Visitor } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { Operator } from './support/operator.ts'
import { useNpmStart } from './support/use-npm-start.ts'

const here = useNpmStart()

async function visitor() {
  const visitor = new Visitor(await here.browser.newPage())
  await visitor.goesTo(here.started.url)
  return visitor
}

async function operatorAt(page: Page, path: string) {
  const operator = Operator.at(page, here.started, here.place.home)
  await operator.signsIn(path)
  return operator
}

const text = (page: Page) => page.locator('[data-live-text]').textContent()
const status = (page: Page) => page.locator('[data-live-status]')

it('finds the room, watches a turn there, loses none of its words when cut off, and stops it', async () => {
  const david = await visitor()
  await david.asks('Assistant', 'hello')
  const page = await here.browser.newPage()
  const sockets: WebSocketRoute[] = []
  await page.routeWebSocket(/\/live\?/, (socket) => {
    socket.connectToServer()
    sockets.push(socket)
  })
  const operator = await operatorAt(page, '/rooms')
  await page.getByLabel('Search by name').fill('all tal')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('link', { name: 'All Talk' }).click()
  await page.getByRole('heading', { level: 1, name: 'All Talk' }).waitFor()
  await page.locator('#turn-1 .tag', { hasText: 'answered' }).waitFor()

  await david.asks('Assistant', 'something long')
  await status(page).getByText('is answering').waitFor()
  const first = (await text(page)) ?? ''
  await eventually('it grows', async () => ((await text(page)) ?? '').length > first.length)
  sockets.at(-1)?.close()
  const cutAt = ((await text(page)) ?? '').length
  await eventually('another socket', () => sockets.length > 1)
  await eventually('it goes on', async () => {
    const now = (await text(page)) ?? ''
    return now.startsWith(first) && now.length > cutAt
  })
  expect(await operator.barriers()).toEqual([])

  page.on('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: 'Stop it' }).click()
  await page.getByText('Stopped. Whatever it had said so far stays in the room.').waitFor()
  const turn = page.locator('#turn-2')
  await turn.locator('.tag', { hasText: 'stopped' }).waitFor()
  expect((await turn.locator('.answered').allTextContents()).join().length).toBeGreaterThan(cutAt)
  await page.close()
})

it('can be read by everybody, light and dark, on a desk and on a phone', async () => {
  const page = await here.browser.newPage()
  const operator = await operatorAt(page, '/rooms')
  await page.getByRole('link', { name: 'All Talk' }).waitFor()
  const room = await page.getByRole('link', { name: 'All Talk' }).getAttribute('href')
  for (const path of ['/rooms', String(room), `${room}/turns/2`]) {
    expect([path, await operator.inTheWayAt(path)]).toEqual([path, []])
  }
  await page.close()
})

it('sees tools begin and end, exports the conversation, resets it and sets when the bot speaks', async () => {
  const david = await visitor()
  const page = await here.browser.newPage()
  await operatorAt(page, '/rooms')
  await page.getByRole('link', { name: 'All Talk' }).click()
  page.on('dialog', (dialog) => void dialog.accept())
  await david.asks('Assistant', 'search for giraffes')
  await page.locator('[data-live-tools] .tag', { hasText: 'done' }).waitFor()
  await page.locator('.turns > li').first().getByText('Used search_conversation: done').waitFor()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export it' }).click(),
  ])
  const lines = (await (await download.createReadStream()).toArray()).join('').trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).turn).length).toBeGreaterThan(1)

  await page.locator('.turns > li').first().getByRole('link', { name: 'Receipt' }).click()
  await page.getByRole('heading', { name: /^Turn \d+$/ }).waitFor()
  await page.getByRole('link', { name: 'Back to the room' }).click()
  await page.getByRole('button', { name: 'Begin a new one' }).click()
  await page.getByText('Done: the next message there begins a new conversation.').waitFor()
  await page.locator('.turns > li').first().getByText('No text is kept for this turn').waitFor()

  await page.getByLabel('When it speaks').selectOption({ label: 'To everything that is said' })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved. They apply from the next turn.').waitFor()
  expect(await page.getByLabel('When it speaks').inputValue()).toBe('always')
  await page.close()
})
