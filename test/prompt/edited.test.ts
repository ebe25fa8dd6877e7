import { describe, expect, it } from 'vitest'
import { readHtml } from '../../src/campfire/text.ts'
import { Campfire } from '../../src/campfire.ts'
import { asShown, editedSince, isReworded } from '../../src/prompt/edited.ts'
import { readPage, type Shown } from '../../src/prompt/pages.ts'
import type { Message } from '../../src/tables/room/message.ts'
import { Campground } from '../campground/campground.ts'
import { RECORDINGS } from '../campground/contract/recording.ts'

const NOON = Date.UTC(2026, 10, 20, 12, 0)

describe('the same words', () => {
  it.each([
    ['spaces', 'a  b\nc', 'a b c'],
    ['marks', '**a** `b`', 'a b'],
    ['bullets', '- a\n- b', '• a\n• b'],
    ['a fence of ours', 'a &lt;message', 'a <message'],
    ['forms', 'ｆｉ ①', 'fi 1'],
    ['what was cut off', 'x'.repeat(2_000), `${'x'.repeat(1_000)}…`],
  ])('are no edit: %s', (_, now, before) => {
    expect(isReworded(now, before)).toBe(false)
  })

  it.each([
    ['another word', 'to STAGING', 'to PRODUCTION'],
    ['a number', '1.5', '15'],
    ['a date', '2026-11-20', '2026-1120'],
    ['a sign', 'is -5', 'is 5'],
    ['a picture', 'yes 👍', 'yes 👎'],
    ['accents', 'resume', 'résumé'],
    ['a vowel that is a mark', 'की', 'कि'],
    ['an end', 'wait… no', 'wait…'],
    ['all of it', '', 'wait'],
    ['the middle of what is long', `${'x'.repeat(11_000)}a`, `${'x'.repeat(11_000)}b`],
  ])('are others: %s', (_, now, before) => {
    expect(isReworded(now, before)).toBe(true)
  })
})

describe('what stands in the room', () => {
  it.each<[string, Partial<Message>, Partial<Shown>]>([
    ['of somebody else', {}, { author: 2 }],
    ['a file by now', {}, { file: 'a.png' }],
    ['was a file', { file: 'a.png' }, {}],
    ['without a number', { id: null }, {}],
    ['too long to be taken in', { tooLong: true }, {}],
    ['too long to be read once more', {}, { length: 3_000_000 }],
  ])('is left aside where it is no other wording of this message: %s', (_, said, now) => {
    const message = delivered('before', said)
    expect(asShown([message], new Map([[12, shown('after', now)]]))).toEqual([message])
  })

  it('takes the place of what was delivered, and says which that was', () => {
    expect(asShown([delivered('before')], new Map([[12, shown('after')]]))).toEqual([
      { ...delivered('after'), delivered: 'before', edited: true },
    ])
  })

  it('is compared as far as it was read', () => {
    const cut = delivered('x'.repeat(5_000), { isCut: true })
    expect(asShown([cut], new Map([[12, shown('x'.repeat(9_000))]]))).toEqual([cut])
    expect(asShown([cut], new Map([[12, shown('y'.repeat(9_000))]]))[0]?.text).toHaveLength(9_000)
  })
})

describe('what was read before', () => {
  const told = (id: number, words: string, rest = '') =>
    `<message id="${id}" author="David" author_id="1" time="x"${rest}>${words}</message>`
  const turn = (id: number, prompt: string) => ({ id, prompt, steps: [], sentence: null })
  const found = (prompts: string[], ...now: [number, string][]) =>
    editedSince(
      prompts.map((prompt, index) => turn(index + 1, prompt)),
      new Map(now.map(([id, text]) => [id, shown(text)])),
    ).map(({ text }) => text)

  it.each<[string, string[], [number, string][], string[]]>([
    ['nothing is listed', [told(1, 'a')], [], []],
    ['it is as it was', [told(1, 'a')], [[1, 'a']], []],
    ['it was edited', [told(1, 'a')], [[1, 'b']], ['b']],
    ['that was told already', [told(1, 'a'), told(1, 'b', ' edited="yes"')], [[1, 'b']], []],
    ['it was edited back', [told(1, 'a'), told(1, 'b')], [[1, 'a']], ['a']],
    ['it was deleted', [told(1, 'a'), '<message id="1" deleted="yes"></message>'], [[1, 'b']], []],
    ['it was a file', [told(1, '', ' file="a.png"')], [[1, 'b']], []],
    ['it quotes something', [told(1, '<quote id="9" author="J">q</quote>\na')], [[1, 'a']], []],
    ["it is somebody else's", [told(1, 'a').replace('"1" time', '"2" time')], [[1, 'b']], []],
  ])('%s', (_, prompts, now, edited) => {
    expect(found(prompts, ...now)).toEqual(edited)
  })
})

it.each(['rails', 'port'] as const)(
  'nothing that people send is edited by being listed (%s)',
  async (dialect) => {
    const town = new Campground({
      origin: 'https://chat.example.com',
      dialect,
      send: async () => new Response(null, { status: 204 }),
      now: () => NOON,
    })
    const david = town.addPerson('David', 'administrator', 1)
    const bot = town.addBot('Recorder', { id: 17, token: 'abcdefabcdef', webhook: 'https://x.io' })
    const named = recorded().flatMap((html) => readHtml(html, bot.id).mentions)
    const ids = new Map(named.map(({ userId, name }) => [userId, name ?? '']))
    const others = [...ids].filter(([id]) => id !== david.id && id !== bot.id)
    for (const [id, name] of others) town.addPerson(name, 'member', id)
    const room = town.addRoom('Room', [david, bot], { id: 1 })
    const sent = new Map<number, string>()
    for (const html of recorded()) {
      const { message } = town.says(david, room, { html })
      sent.set(message.id, message.html ?? '')
    }
    const campfire = new Campfire({
      url: town.origin,
      room: 1,
      key: bot.key,
      fetch: async (input, init) => await town.handle(new Request(input, init)),
    })
    const { shown } = readPage(await campfire.list(), { self: bot.id, since: 0 })

    expect(shown.size).toBeGreaterThan(20)
    for (const [id, { remark }] of shown) {
      const before = readHtml(sent.get(id) ?? '', bot.id).text
      expect([isReworded(remark().text, before), remark().text]).toEqual([false, remark().text])
    }
  },
)

/** What was typed into a running Campfire, as its webhooks told it. */
function recorded() {
  return RECORDINGS.rails.webhooks.flatMap(({ request, requests }) =>
    (requests ?? [request]).flatMap((one) => htmlIn(one?.body)),
  )
}

function htmlIn(body: string | undefined): string[] {
  try {
    const { html } = JSON.parse(body ?? '').message.body
    return html ? [html] : []
  } catch {
    return []
  }
}

function delivered(text: string, changes: Partial<Message> = {}): Message {
  return {
    ...{ arrival: 1, id: 12, author: 1, name: 'David', file: null, quote: null, mentioned: true },
    ...{ at: NOON, due: NOON, sign: null, text },
    ...changes,
  }
}

function shown(text: string, changes: Partial<Shown> = {}): Shown {
  const remark = { id: 12, author: 1, name: 'David', at: NOON, text, file: null, quote: null }
  return {
    ...{ author: 1, file: null, length: text.length, bot: false },
    remark: () => remark,
    mentionsUs: () => true,
    ...changes,
  }
}
