import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PNG } from '../support/files.ts'
import { Visitor } from './support/browser.ts'
import { Operator } from './support/operator.ts'
import { useNpmStart } from './support/use-npm-start.ts'

const here = useNpmStart()

it('takes a photo from a phone, and the answer comes in the room', async () => {
  const visitor = new Visitor(await here.browser.newPage())
  await visitor.goesTo(here.started.url)
  await visitor.asks('Assistant', 'please look at my photo')
  const link = visitor.messages('Assistant').last().getByRole('link', { name: 'drop it here' })
  const address = (await link.getAttribute('href')) ?? ''

  const context = await here.browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
  const phone = Operator.at(page, here.started, here.place.home)
  await page.goto(address)
  expect(await page.getByText('who asked assistant').textContent()).toContain('For ')
  expect(await phone.barriers()).toEqual([])
  expect(await phone.isTooWide()).toBe(false)

  const photo = join(here.place.home, 'fence.png')
  writeFileSync(photo, PNG)
  await page.locator('#choice').setInputFiles(photo)
  await page.getByText('Ready to send.').waitFor()
  const ways = {
    'pasted.png': "new ClipboardEvent('paste', { clipboardData: data, bubbles: true })",
    'dragged.png': "new DragEvent('drop', { dataTransfer: data, bubbles: true })",
  }
  for (const [name, event] of Object.entries(ways)) {
    await page.evaluate(bringsIn(name, event))
    await page.locator('#files').getByText(name).waitFor()
  }
  expect(await phone.barriers()).toEqual([])
  if (process.env.SCREENSHOTS) {
    await page.screenshot({ path: join(tmpdir(), 'upload-light.png') })
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.screenshot({ path: join(tmpdir(), 'upload-dark.png') })
    expect(await phone.barriers()).toEqual([])
  }
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('It’s there. You can close this page').waitFor()
  await visitor.messages('Assistant').getByText('Here is what is in it').waitFor()

  await page.goto(address)
  await page.getByText('Something has already come through this link').waitFor()
  expect(await phone.barriers()).toEqual([])
  // The second look is answered 410, and the browser says so.
  expect(faults.filter((fault) => !fault.includes('410'))).toEqual([])
})

/** In the page: as if somebody had pasted it, or dragged it there. */
function bringsIn(name: string, event: string) {
  return `
    const data = new DataTransfer()
    const bytes = new Uint8Array(${JSON.stringify([...PNG])})
    data.items.add(new File([bytes], '${name}', { type: 'image/png' }))
    document.body.dispatchEvent(${event})`
}
