import { runInDurableObject } from 'cloudflare:test'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Listed } from '../../src/campfire/message.ts'
import { asPages } from '../../src/history/keep-pages.ts'
import { openTables } from '../../src/tables.ts'
import { useBotChanges } from '../support/bots.ts'
import { runs } from '../support/extent.ts'
import { useWorld, type World } from '../support/world.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const MB = 1_000_000
const LIMITS = { historyDays: 365, indexPerDay: 100_000 }

/** A megabyte of each; in what people see the otter stands in front. */
const HOSTILE: Record<string, string> = {
  'tags that never close': '<b>'.repeat(MB / 3),
  'quotes in quotes': '<blockquote>'.repeat(MB / 12),
  'lists in lists': '<ul><li>a'.repeat(MB / 9),
  'one attribute': `<a href="${'x'.repeat(MB)}">`,
  'many attributes': `<a ${'b=c '.repeat(MB / 4)}>`,
  'half an attribute': `<a title="${'<p>'.repeat(MB / 3)}`,
  'half a tag': '<'.repeat(MB),
  'broken entities': '&#x110000;&amp&#;&zwj'.repeat(MB / 20),
  'no end of a comment': `<!--${' -'.repeat(MB / 2)}`,
  'chips of nobody': '<action-text-attachment sgid="a" content="{">'.repeat(MB / 45),
  'one word': 'x'.repeat(MB),
  'halves of characters': '\ud83d'.repeat(MB / 6),
  'signs that nobody sees': '\u200b\u202e'.repeat(MB / 6),
  'letters with a thousand marks': `e${'\u0301'.repeat(1_000)}`.repeat(MB / 1_000),
}
const NAMES = Object.keys(HOSTILE)

describe('the history of a room', () => {
  const world = useWorld()
  const change = useBotChanges()

  it('is read to its first message past everything that people can write, in seconds', async () => {
    change({ reply: 'whole' })
    for (const index of NAMES.keys()) {
      await world.posts(world.kevin, { text: `otter ${index}` })
      await talk(world, 20)
    }
    world.fault = async ({ method, url }, when) => {
      if (when !== 'before' || method !== 'GET' || !url.includes('/messages')) return undefined
      return await hostile(await pageOf(world, new URL(url).search))
    }
    await finds(world, 'otter')
    const began = performance.now()
    await world.passesBy(2 * MINUTE)
    expect(performance.now() - began).toBeLessThan(8_000)
    expect((await world.room().overview()).index).toMatchObject({ state: 'complete', failures: 0 })
    const kept = await world.rows("SELECT text FROM said WHERE text LIKE 'otter %'")
    expect(kept).toHaveLength(NAMES.length)
    for (const { text } of kept) expect(String(text).length).toBeLessThanOrEqual(21_000)
    expect(await finds(world, 'otter 3')).toContain('otter 3')
  }, 30_000)

  it.each<[string, (page: string) => Response]>([
    [
      'of a message too long to be read',
      (page) => paged(page.replace('"html":"', `"html":"${'x'.repeat(9 * MB)}`)),
    ],
    ['of a shape that nobody knows', (page) => paged(page.replaceAll('"creator":', '"author":'))],
  ])('has a hole where a page is %s, and goes on behind it', async (_, changed) => {
    change({ reply: 'whole' })
    const [first] = await talk(world, 130)
    await finds(world, 'aside')
    let bad = ''
    world.fault = async ({ url }, when) => {
      if (when !== 'before' || !url.includes('before=')) return undefined
      bad ||= url
      if (url !== bad) return undefined
      return changed(await (await pageOf(world, new URL(url).search)).text())
    }
    await world.passesBy(30 * MINUTE)
    const { index } = await world.room().overview()
    expect(index).toMatchObject({ state: 'complete', toTheFirst: true, passedOver: 1 })
    const [{ oldest, kept } = {}] = await world.rows(
      'SELECT min(rowid) AS oldest, count(*) AS kept FROM said WHERE overheard = 1',
    )
    expect(oldest).toBe(first)
    expect(kept).toBe(130 - 40)
  })

  it.each<[string, () => Response]>([
    [
      'is a page for browsers',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['is the newest page, whatever was asked for', () => paged(newest)],
    ['is empty, and says that there is more', () => paged('[]', true)],
    ['is cut off', () => paged('[{"id":')],
    ['is an error', () => new Response('{"status":500}', { status: 500 })],
  ])('is listed on from where it was when for hours each answer %s', async (_, wrong) => {
    change({ reply: 'whole' })
    await talk(world, 130)
    await finds(world, 'aside')
    await world.passesBy(MINUTE)
    newest = await (await pageOf(world, '')).text()
    world.fault = async ({ url }, when) =>
      when === 'before' && url.includes('before=') ? wrong() : undefined
    await world.passesBy(3 * 60 * MINUTE)
    expect((await world.room().overview()).index).toMatchObject({ state: 'listing', passedOver: 0 })
    world.fault = null
    await world.passesBy(2 * DAY)
    expect((await world.room().overview()).index).toMatchObject({
      state: 'complete',
      toTheFirst: true,
    })
    const [kept] = await world.rows('SELECT count(*) AS all_ FROM said WHERE overheard = 1')
    expect(kept).toEqual({ all_: 130 })
  })

  it('of any page keeps what can be read of it, and where it goes on', async () => {
    await runInDurableObject(world.room(), (_, state) => {
      const tables = openTables(state)
      tables.index.begin()
      let top = 1_000_000
      fc.assert(
        fc.property(pages, fc.boolean(), (page, more) => {
          top -= 100
          const numbered = page.map((one, index) => ({ ...one, id: one.id ?? top + index }))
          const read = Listed.safeParse(JSON.parse(JSON.stringify(numbered)))
          if (!read.success) return
          const stretch = asPages(tables, { ...read.data, more: true })
          tables.index.add(stretch, NOW, LIMITS)
          expect(tables.index.cursor()).toBe(read.data.messages[0]?.id ?? null)
          if (!more) tables.index.goOnAbove(NOW)
          for (const { text } of stretch.heard) {
            expect(text.length).toBeLessThanOrEqual(21_000)
            expect(text.isWellFormed() && !text.includes('\0')).toBe(true)
          }
        }),
        { ...runs(300), seed: 20261129 },
      )
    })
  }, 60_000)
})

const NOW = Date.parse('2026-11-20T12:00:00Z')
let newest = ''

const pieces = fc.constantFrom(
  ...[
    '<div>',
    '</div>',
    '<b',
    '<blockquote>',
    '<cite>',
    '<pre>',
    '<!--',
    ']]>',
    '&#0;',
    '&#xd800;',
    '&lt',
    '\0',
  ],
  ...[
    '\ud800',
    '\udc00',
    '\u202e',
    '\u200b',
    '"',
    "'",
    '>',
    'otter',
    ' ',
    '\n',
    '🦦',
    'א',
    '<a href="/rooms/1/@9">',
  ],
)
const htmls = fc
  .tuple(fc.array(pieces, { maxLength: 30 }), fc.constantFrom(1, 1, 1, 50, 2_000))
  .map(([some, times]) => some.join('').repeat(times))
const pages = fc.array(
  fc.record(
    {
      id: fc.constantFrom(undefined, undefined, undefined, undefined, null, 'seven', -1, 1.5),
      created_at: fc.constantFrom(
        '2026-11-20T11:00:00Z',
        '2026-11-20T11:00:00Z',
        'yesterday',
        null,
      ),
      body: fc.record({ html: htmls, plain_text: fc.oneof(htmls, fc.constant(null)) }),
      creator: fc.record({
        id: fc.constantFrom(1, 2, 3),
        name: htmls,
        role: fc.constantFrom('member', 7, 'muse'),
      }),
    },
    { requiredKeys: ['created_at', 'body', 'creator'] },
  ),
  { minLength: 1, maxLength: 40 },
)

async function talk(world: World, count: number) {
  const ids: number[] = []
  for (let n = 0; n < count; n++) ids.push(await world.posts(world.jason, { text: `aside ${n}` }))
  return ids
}

/** What the model is given, as it is written. */
async function finds(world: World, words: string) {
  world.model.uses('search_conversation', { words, limit: 1 }).says('There.')
  await world.asks(world.david, 'search, please')
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1')
  return String(row?.result)
}

/** The same page, with all that the otters are said to have written. */
async function hostile(page: Response) {
  const all = (await page.json()) as { body: { html: string; plain_text: string } }[]
  for (const { body } of all) {
    const [otter, index] = /otter (\d+)/.exec(body.plain_text) ?? []
    const html = HOSTILE[NAMES[Number(index)] ?? '']
    if (otter && html) body.html = `<div class="trix-content"><div>${otter} ${html}`
  }
  return new Response(JSON.stringify(all), page)
}

async function pageOf(world: World, query: string) {
  return await world.campfire.handle(
    new Request(`https://chat.example.com/rooms/1/3-7876b7cdc3d5/messages${query}`),
  )
}

function paged(body: string, more = true) {
  const link = '<https://chat.example.com/next>; rel="next"'
  const headers = { 'content-type': 'application/json', 'x-version': '1', ...(more && { link }) }
  return new Response(body, { headers })
}
