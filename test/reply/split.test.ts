import { describe, expect, it } from 'vitest'
import { splitReply } from '../../src/reply/split.ts'
import { isTelling, tellings } from '../../src/reply/tell.ts'
import { SENTENCES } from '../../src/sentences.ts'

const bytes = (text: string) => new TextEncoder().encode(text).length
const chinese = (sentences: number) => '这是很长的回答。'.repeat(sentences)

describe('a push carries the words of the create', () => {
  it('of what is posted whole, each part fits into one', () => {
    const parts = splitReply(chinese(420))
    expect(parts.every(({ body, began }) => began === null && bytes(body) <= 3_500)).toBe(true)
    expect(parts).toHaveLength(3)
  })

  it('of what grew, a part after the first is as long as people read, and begins short', () => {
    const [first, second] = splitReply(
      `${chinese(420)}\n\n${chinese(420)}`,
      { sentences: SENTENCES },
      true,
    )
    expect(first?.body.length).toBeGreaterThan(3_300)
    expect(first?.began).toBeNull()
    expect(second?.body.length).toBeGreaterThan(3_300)
    expect(bytes(second?.began ?? '')).toBeLessThanOrEqual(3_500)
    expect(second?.body.startsWith(second.began ?? '-')).toBe(true)
  })

  it('of what fits into one, nothing is left for an edit', () => {
    const parts = splitReply(
      `${'word '.repeat(690)}\n\n${'word '.repeat(600)}`,
      { sentences: SENTENCES },
      true,
    )
    expect(parts.map(({ began }) => began)).toEqual([null, null])
  })
})

const people = new Map([
  ['Ann', 'eyJ1--01'],
  ['Ann Lee', 'eyJ2--02'],
  ['Bob', 'eyJ3--03'],
  ['Eve', ''],
])
const part = (body: string, began: string | null = null) => ({ body, began, file: null })

describe('who is told', () => {
  it.each<[string, string, string[]]>([
    ['the last paragraph', 'Hi.\n\n@Bob did it.\n\n@Bob: look.\n\nBye.', ['@Bob: look.']],
    ['each their own', 'Hi.\n\n@Bob: a.\n\n@Ann: b.', ['@Bob: a.', '@Ann: b.']],
    ['one for two', 'Hi.\n\n@Bob, @Ann: a.', ['@Bob, @Ann: a.']],
    [
      'others without the sign',
      'Hi.\n\n@Bob, @Ann Lee: a.\n\n@Ann Lee: b.',
      ['@Bob, Ann Lee: a.', '@Ann Lee: b.'],
    ],
    ['the item', 'Hi.\n\n- one\n- two\n  - for @Bob\n  - x', ['- for @Bob']],
    ['a quote', 'Hi.\n\n> @Bob said so', ['> @Bob said so']],
    ['in bold', 'Hi.\n\n**@Bob** looks, `@Ann` not.', ['**@Bob** looks, `@Ann` not.']],
    ['nobody in code', 'Hi.\n\n`@Bob`\n\n    @Ann', []],
    ['nobody in a table', 'Hi.\n\n| a |\n|-|\n| @Bob |', []],
    ['nobody in particular', 'Hi.\n\n@Eve, @Susan', []],
    ['nobody who was told before', 'Hi. @bob and @Ann\n\n@Bob, @Ann!', []],
  ])('%s', (_, body, told) => {
    const began = body.split('\n\n')[0] ?? ''
    expect(tellings([part(body)], { began, people }).map((one) => one.body)).toEqual(told)
    expect(told.every((words) => isTelling(body, words))).toBe(true)
  })

  it('of a wide table by name alone, where one row would be no table', () => {
    const rows = ['| Area | Owner |', '|--|--|', `| API ${'x '.repeat(40)} | @Bob |`]
    const body = `Hi.\n\n${[...rows, `| y | ${'y '.repeat(1_800)} |`].join('\n')}`
    const [telling] = tellings([part(body)], { began: 'Hi.', people })
    expect(telling?.body).toContain('@Bob')
    expect(telling?.body.length).toBeLessThan(3_500)
  })

  it('by a part that is created short, only of what its beginning says', () => {
    const parts = [part('Hi.'), part('@Ann: a.\n\n@Bob: b.', '@Ann: a.')]
    expect(tellings(parts, { began: 'Hi.', people })).toEqual([{ body: '@Bob: b.', file: null }])
  })

  it('of what stands in a file alone', () => {
    const parts = [part('Hi.'), { body: 'Hi.\n\n@Bob: b.', file: 'answer.md' }]
    expect(tellings(parts, { began: null, people })).toEqual([{ body: '@Bob: b.', file: null }])
  })

  it('many at once, in as few posts as hold them', () => {
    const all = new Map(Array.from({ length: 9 }, (_, n) => [`P${n}`, `eyJ${n}--0${n}`]))
    const body = ['Hi.', ...[...all.keys()].map((name) => `@${name}: go.`)].join('\n\n')
    const told = tellings([part(body)], { began: 'Hi.', people: all })
    expect(told.map((one) => one.body)).toEqual([body.slice(5)])
  })
})
