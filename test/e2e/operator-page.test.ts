import { expect, it } from 'vitest'
import { Visitor } from './support/browser.ts'
import { Operator } from './support/operator.ts'
import { useNpmStart } from './support/use-npm-start.ts'

const here = useNpmStart()
const KEPT_HERE = '/kept/rooms/1/assistant'

it('lets an operator sign in, see a turn come and go, and sign out', async () => {
  const context = await here.browser.newContext()
  const page = await context.newPage()
  const operator = Operator.at(page, here.started, here.place.home)

  await operator.signsIn('/', 'guessed')
  expect(await page.getByRole('alert').textContent()).toBe(
    'That is not the ADMIN_TOKEN of this Worker.',
  )
  expect(await operator.barriers()).toEqual([])

  await operator.signsIn()
  await page.getByRole('heading', { name: 'All is quiet' }).waitFor()
  const visitor = new Visitor(await here.browser.newPage())
  await visitor.goesTo(here.started.url)
  await visitor.asks('Assistant', 'how tall is a giraffe?')
  // Nobody touches the page: it looks again by itself.
  await page.getByText('1 room', { exact: false }).first().waitFor()
  await page.getByRole('row', { name: /Answered 1/ }).waitFor()

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in')
  await page.goto(`${operator.worker}/`)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  for (let back = 0; back < 2; back++) {
    await page.goBack()
    await page.getByLabel('ADMIN_TOKEN').waitFor()
  }
  await context.close()
})

it('lets an operator change a bot, whose next answer follows it, and go back', async () => {
  const page = await here.browser.newPage()
  const operator = Operator.at(page, here.started, here.place.home)
  const visitor = new Visitor(await here.browser.newPage())
  await visitor.goesTo(here.started.url)
  const helps = async () => {
    const before = await visitor.messages('Assistant').count()
    await visitor.asks('Assistant', 'help')
    await visitor.messages('Assistant').nth(before).waitFor()
    expect(await visitor.messages('Assistant').count()).toBe(before + 1)
    return await visitor.messages('Assistant').nth(before).textContent()
  }
  const whole = await helps()

  await operator.signsIn('/bots')
  await page.getByRole('link', { name: 'assistant' }).click()
  await page.getByLabel('Prompt').fill('You are a pirate.')
  await page.getByRole('checkbox', { name: 'reminders' }).uncheck()
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  await page.getByText('Saved. The next turn uses it').waitFor()
  await operator.isTold('assistant')
  expect(await helps()).not.toBe(whole)

  await page.getByRole('link', { name: 'Version 1' }).click()
  await page.getByText('You are a pirate.').first().waitFor()
  expect(await operator.barriers()).toEqual([])
  await page.goBack()
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: 'Go by the file again' }).click()
  await page.getByText('Back to the deployed file').waitFor()
  await operator.isTold('assistant')
  expect(await helps()).toBe(whole)
  await page.close()
})

const PAGES_TO_READ = [
  '/',
  '/bots',
  '/bots/assistant',
  '/bots/assistant/versions/file',
  '/costs',
  '/kept',
  KEPT_HERE,
  '/kept/people',
  '/status',
  '/doctor',
  '/acts',
  '/rooms/1/nobody',
]

it('can be read by everybody, light and dark, on a desk and on a phone', async () => {
  const page = await here.browser.newPage()
  const operator = Operator.at(page, here.started, here.place.home)
  await operator.signsIn()
  await page.getByRole('heading', { level: 1 }).waitFor()

  for (const path of PAGES_TO_READ) {
    expect([path, await operator.inTheWayAt(path)]).toEqual([path, []])
  }
  await page.close()
})

it('can be gone through by the keys alone, in the order in which it is read', async () => {
  const page = await here.browser.newPage()
  const operator = Operator.at(page, here.started, here.place.home)
  await operator.signsIn()
  await page.getByRole('heading', { level: 1 }).waitFor()

  for (const path of ['/', '/rooms', '/bots/assistant', '/costs', KEPT_HERE, '/status']) {
    await page.goto(operator.worker + path)
    await page.keyboard.press('Tab')
    await page.getByRole('link', { name: 'Skip to the content' }).waitFor()
    await page.keyboard.press('Enter')
    expect([path, await operator.focused()]).toEqual([path, 'main'])
    const seen = await operator.goesThroughByKeys()
    expect([path, seen.unseen, seen.outOfOrder, seen.last]).toEqual([path, [], [], 'Sign out'])
  }
  await page.close()
})

it('needs no script to set a limit and to see it', async () => {
  const context = await here.browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const operator = Operator.at(page, here.started, here.place.home)
  await operator.signsIn('/costs')
  await page.getByLabel('Who it is for, of a new limit').first().fill('room:1')
  await page.getByLabel('Dollars of a new limit').first().fill('2.5')
  await page.getByRole('button', { name: 'Save the limits' }).click()

  await page.getByRole('status').getByText('The limits hold from now on.').waitFor()
  await page.goto(`${operator.worker}/`)
  await page.getByText('Room 1, each month').waitFor()
  await page.goto(`${operator.worker}/acts`)
  await page.getByRole('row', { name: /set what may be spent 1 limit/ }).waitFor()
  await context.close()
})
