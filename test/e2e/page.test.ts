import { expect, it } from 'vitest'
import { Visitor } from './support/browser.ts'
import { NpmStart, nobodyIsLeftOf } from './support/npm-start.ts'
import { useNpmStart } from './support/use-npm-start.ts'

const here = useNpmStart()

it('lets a person talk with a bot in a browser, and go on after a restart', async () => {
  const page = await here.browser.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  const visitor = new Visitor(page)
  await visitor.goesTo(here.started.url)
  await page.evaluate(() => Object.assign(globalThis, { stillHere: true }))
  const answers = visitor.messages('Assistant')

  await visitor.asks('Assistant', 'how tall is a giraffe?')
  await answers.first().waitFor()
  expect(await visitor.messages('Ada').locator('.mention').textContent()).toBe('@Assistant')
  expect(await answers.first().textContent()).toContain('You said: “how tall is a giraffe?”')

  await visitor.asks('Assistant', 'what did I ask first?')
  await answers.nth(1).waitFor()
  expect(await answers.nth(1).locator('blockquote').textContent()).toBe('how tall is a giraffe?')
  expect(await page.evaluate(() => Reflect.get(globalThis, 'stillHere'))).toBe(true)

  const before = await page.locator('.message__body').allTextContents()
  expect(before).toHaveLength(4)
  await page.reload()
  await answers.nth(1).waitFor()
  expect(await page.locator('.message__body').allTextContents()).toEqual(before)

  const family = here.started.family()
  here.started.signal('SIGINT')
  await page.getByText('Reconnecting…').waitFor()
  await nobodyIsLeftOf(family)
  here.started = await new NpmStart(here.place.env).isUp()
  await page.getByText('Reconnecting…').waitFor({ state: 'hidden' })
  await visitor.asks('Assistant', 'and what did I ask first?')
  await answers.nth(2).waitFor()
  expect(await answers.nth(2).locator('blockquote').textContent()).toBe('how tall is a giraffe?')
  expect(troubles).toEqual([])
})
