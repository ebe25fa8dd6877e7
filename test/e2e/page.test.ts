import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, Visitor } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { NpmStart } from './support/npm-start.ts'

let started: NpmStart
let browser: Browser

beforeAll(async () => {
  started = await NpmStart.begin({}, '--rehearsal')
  browser = await openBrowser()
  await started.isUp()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  started?.end()
})

it('lets a person talk with a bot in a browser, until Ctrl-C', async () => {
  const page = await browser.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.goto(started.url)
  await page.evaluate(() => Object.assign(window, { stillHere: true }))
  const visitor = new Visitor(page)
  const answers = visitor.messages('Assistant')

  await visitor.asks('Assistant', 'how tall is a giraffe?')
  await answers.first().waitFor()
  expect(await visitor.messages('Ada').locator('.mention').textContent()).toBe('@Assistant')
  expect(await answers.first().textContent()).toContain('You said: “how tall is a giraffe?”')

  await visitor.asks('Assistant', 'what did I ask first?')
  await answers.nth(1).waitFor()
  expect(await answers.nth(1).locator('blockquote').textContent()).toBe('how tall is a giraffe?')
  expect(await page.evaluate(() => Reflect.get(window, 'stillHere'))).toBe(true)

  const before = await page.locator('.message__body').allTextContents()
  expect(before).toHaveLength(4)
  await page.reload()
  await answers.nth(1).waitFor()
  expect(await page.locator('.message__body').allTextContents()).toEqual(before)
  expect(troubles).toEqual([])

  const { family, left } = await started.interrupt()
  expect(family.length).toBeGreaterThan(8)
  await eventually('nobody is left', () => left().length === 0, 5_000)
  expect(started.printed).not.toContain('stopped by itself')
}, 90_000)
