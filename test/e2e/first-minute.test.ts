import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { Visitor } from './support/browser.ts'
import { useNpmStart } from './support/use-npm-start.ts'

/** Pictures of it: `SCREENSHOTS=/tmp/pictures npx vitest …`. */
const PICTURES = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'pictures-'))
const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [1200, 390].map((width) => ({ colorScheme, width })),
)

const here = useNpmStart()

it('greets in an empty room, and one click writes what to try', async () => {
  const page = await here.browser.newPage()
  const visitor = new Visitor(page)
  await visitor.goesTo(here.started.url)
  await pictures(page, 'before')
  const tries = page.getByRole('region', { name: 'Things to try' }).getByRole('button')
  expect(await tries.count()).toBe(3)

  for (const [number, words] of ['Bergün', 'in a table', 'help'].entries()) {
    await tries.nth(number).click()
    const editor = page.getByRole('textbox', { name: 'Message' })
    expect(await editor.textContent()).toMatch(new RegExp(`^@Assistant\u00a0.*${words}`))
    expect(await editor.locator('.mention').textContent()).toBe('@Assistant')
  }
  expect(await visitor.messages('Ada').count()).toBe(0)

  await tries.first().click()
  await page.keyboard.press('Enter')
  await page.getByText('I keep what you tell me here').waitFor()
  expect(await tries.count()).toBe(0)

  await visitor.asks('Assistant', 'where is our offsite, and when?')
  const answer = visitor.messages('Assistant').nth(1)
  await answer.locator('blockquote', { hasText: 'our offsite is in Bergün on 4 May.' }).waitFor()
  expect(await answer.textContent()).toMatch(/^\(rehearsed\)/)
})

it('keeps a list, and brings it up to date where it stands', async () => {
  const page = await here.browser.newPage()
  const visitor = new Visitor(page)
  await visitor.goesTo(here.started.url)
  const list = visitor.messages('Assistant').filter({ hasText: /^\s*To do/ })
  await visitor.asks(
    'Assistant',
    'put “book a table for ten” and “order wood” on our list, and show it',
  )
  await list.getByText('order wood').waitFor()
  await visitor.says('@David is with us.')
  await visitor.asks('Assistant', 'put “call the hotel” on our list, for me')
  await page.getByText('3 call the hotel').waitFor()
  await visitor.asks('Assistant', 'done with 1')
  await visitor.messages('Assistant').getByText('Done.').waitFor()
  await visitor.asks('Assistant', 'show our list')
  await visitor.messages('Assistant').getByText('shows it as it is now').waitFor()
  await list.scrollIntoViewIfNeeded()
  await pictures(page, 'list')

  expect(await list.count()).toBe(1)
  expect(await list.textContent()).not.toContain('book a table')
  expect(await list.textContent()).toContain('call the hotel')
  await visitor.asks('Assistant', 'what is open for me here?')
  await visitor.messages('Assistant').last().getByText('call the hotel · Ada').waitFor()
  await visitor.asks('Assistant', 'done with 99')
  await page.getByText(/There is no number 99 on the list/).waitFor()
  await visitor.asks('Assistant', 'our list as a file')
  await visitor.messages('Assistant').locator('a', { hasText: 'To do.csv' }).waitFor()
  await page.getByText('It is in the room now.').waitFor()
  await pictures(page, 'list-after')
})

it('shows answers as Campfire does, on every screen', async () => {
  const page = await here.browser.newPage()
  const visitor = new Visitor(page)
  await visitor.goesTo(here.started.url)
  const answers = visitor.messages('Assistant')
  const before = await answers.count()

  await visitor.asks('Assistant', 'compare three places for the offsite in a table')
  await answers.nth(before).getByText('The first one is the cheapest.').waitFor()
  await pictures(page, 'table')
  await visitor.asks('Assistant', 'show me all the markdown you know')
  await answers
    .nth(before + 1)
    .getByText('More of the same')
    .waitFor()
  await visitor.says('今日はここまで。谢谢大家！ 🎉')
  await pictures(page, 'after')

  const margins = await page.locator('.message__body').evaluateAll((bodies) =>
    bodies
      .flatMap((body) => [...body.querySelectorAll('p, ul, ol, h1, h2, h3, pre')])
      .map((block) => block.computedStyleMap())
      .flatMap((style) => ['margin-top', 'margin-bottom'].map((name) => `${style.get(name)}`)),
  )
  expect(margins.length).toBeGreaterThan(10)
  expect(new Set(margins)).toEqual(new Set(['0px']))
})

it('says in the terminal who asked, and what came of it', () => {
  expect(here.started.printed).toMatch(
    /Ada asked assistant in All Talk: answered in [\d.]+ s, (cold|warm|hot), [\d,]+ tokens in, \d+ out\n/,
  )
  expect(here.started.printed).toContain('For real answers')
  expect(here.started.printed).not.toContain('wrangler:info')
})

async function pictures(page: Page, name: string) {
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 844 })
    await page.screenshot({ path: join(PICTURES, `${name}-${colorScheme}-${width}.png`) })
  }
}
