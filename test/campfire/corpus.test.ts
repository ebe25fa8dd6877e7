/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest'
import { heal } from '../../src/campfire/heal.ts'
import { readHtml } from '../../src/campfire/text.ts'
import { answersIn, golden, htmlOf, seenOf } from './corpus/seen.ts'

const files = import.meta.glob<string>('./corpus/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const goldens = import.meta.glob<string>('./corpus/*.seen.txt', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const HALF = './corpus/half.md'
const whole = Object.entries(files).flatMap(([path, file]) =>
  path === HALF ? [] : answersIn(file),
)

it('is two hundred answers, as models write them', () => {
  const all = Object.values(files).flatMap(answersIn)
  expect(all.length).toBeGreaterThan(200)
  expect(answersIn(files[HALF] ?? '')).toHaveLength(66)
})

describe('what is seen of it is what the golden file says', () => {
  it.each(Object.keys(files))('%s', (path) => {
    const prepare = path === HALF ? heal : (markdown: string) => markdown
    const shown = golden(answersIn(files[path] ?? ''), prepare)
    expect(shown).toBe(goldens[path.replace(/md$/, 'seen.txt')])
  })
})

describe('while it grows', () => {
  it.each(whole)('$name: the last that is shown is the final one', ({ markdown }) => {
    // What stands at the very end may still go on: an empty line says that it does not.
    expect(seenOf(heal(`${markdown}\n\n`))).toBe(seenOf(markdown))
  })

  it.each(whole)(
    '$name: every beginning is whole elements, and half of no character',
    ({ markdown }) => {
      for (const end of endsIn(markdown)) {
        const html = htmlOf(heal(markdown.slice(0, end)))
        expect(html.isWellFormed()).toBe(true)
        expect(tagsLeftOpen(html)).toEqual([])
      }
    },
  )
})

it('is read back as words, whole and without a fault', () => {
  for (const { markdown } of whole) {
    const words = (text: string) => text.match(/[\p{L}\p{N}]{4,}/gu) ?? []
    const read = readHtml(htmlOf(markdown), 0).text
    // Who is mentioned is read off the chips that Campfire makes of ours.
    const seen = seenOf(markdown).replace(/<div class="mention">.*?<\/div>/g, ' ')
    const shown = words(seen.replace(/<[^>]*>|&\w+;/g, ' '))
    expect(shown.filter((word) => !read.includes(word))).toEqual([])
  }
})

/** All up to 400 characters, then every seventh. */
function endsIn(markdown: string) {
  const ends = Array.from({ length: markdown.length + 1 }, (_, end) => end)
  return ends.filter((end) => end <= 400 || end % 7 === 0)
}

function tagsLeftOpen(html: string) {
  const open: string[] = []
  for (const [, slash, tag = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9-]*)[^>]*>/g)) {
    if (!slash && tag !== 'br' && tag !== 'hr') open.push(tag)
    if (slash && open.pop() !== tag) return [`</${tag}>`]
  }
  return open
}
