import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Visitor } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { useNpmStart } from './support/use-npm-start.ts'

/** What people see of an answer, also as pictures: `SCREENSHOTS=/tmp/pictures npx vitest …`. */
const PICTURES = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'pictures-'))

const here = useNpmStart()

it('shows answers that grow, tables, code, mentions and files', async () => {
  const page = await here.browser.newPage({ viewport: { width: 1000, height: 800 } })
  const visitor = new Visitor(page)
  const picture = (name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) })
  await visitor.goesTo(here.started.url)
  await page.evaluate(() => Object.assign(globalThis, { stillHere: true }))
  const answers = visitor.messages('Assistant')

  await visitor.asks('Assistant', 'write a table')
  await page.getByText('The first one is the cheapest.').waitFor()
  const table = await answers.last().locator('pre').textContent()
  expect(table).toMatch(/^Place +Beds +A night +By train\n-+ +-+ +-+ +-+\nBergün/)
  await picture('table')

  await visitor.asks('Assistant', 'write some code')
  await page.getByText('1 < 2').waitFor()
  const code = answers.last().locator('pre')
  expect(await code.first().getAttribute('class')).toBe('language-ruby hljs')
  expect(await code.first().locator('.hljs-keyword').first().textContent()).toBe('class')
  expect(await code.first().textContent()).toContain('log.dry? && log.size < 5')
  await picture('code')

  await visitor.asks('Assistant', 'attach a file')
  const file = visitor.messages('Assistant').locator('a', { hasText: 'sums.csv' })
  await file.waitFor()
  const bytes = await page.request.get(
    new URL((await file.getAttribute('href')) ?? '', page.url()).href,
  )
  expect(await bytes.text()).toMatch(/^\uFEFFPlace,Beds,A night\n/)
  await picture('file')

  await page.getByLabel('Speak as').selectOption('David')
  await visitor.asks('Ada', 'are you there?')
  await visitor.asks('Assistant', 'mention Ada')
  await page.getByText('David asked me to call you.').waitFor()
  expect(await answers.last().locator('.mention').textContent()).toBe('@Ada')
  await picture('mention')

  await visitor.asks('Assistant', 'write something long')
  const growing = answers.filter({ hasText: 'Something long' }).first()
  await growing.waitFor()
  const lengths = [await lengthOf()]
  await picture('growing')
  await eventually('the answer to have grown twice', async () => {
    const length = await lengthOf()
    if (length > Number(lengths.at(-1))) lengths.push(length)
    return lengths.length > 2
  })
  await page.getByText('That was long.').waitFor({ timeout: 60_000 })
  expect(await growing.textContent()).not.toMatch(/\*\*|```/)
  expect(await page.evaluate(() => Reflect.get(globalThis, 'stillHere'))).toBe(true)

  async function lengthOf() {
    return (await growing.textContent())?.length ?? 0
  }
})
