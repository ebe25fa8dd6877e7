import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import type { Said, Someone } from '../campground/composer.ts'
import { useBotChanges } from '../support/bots.ts'
import { drop, linkIn } from '../support/drop.ts'
import { bytesOf } from '../support/files.ts'
import type { Body } from '../support/sse.ts'
import { tablesWith } from '../support/tables-with.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

/** Of no language, so that no index shortens it; and short enough for a boost. */
const MARK = 'zyxomark'
const SECOND = 1_000
const DAY = 86_400_000

const world = useWorld()
const assistant = useBotChanges()

interface Place {
  what: string
  /** Brings the word there. Gives back what David said, for whoever deletes that. */
  put(room: Someone): Promise<number[]>
  /** Only where several people talk. */
  inRooms?: true
  /**
   * Where it stands on purpose when this was done: what setup/operating.md names as a limit. `sent`: all that the
   * model is still told of it after the deletion, block by block.
   */
  stays?: { deleted?: string[]; expired?: string[]; sent?: string[] }
}

const PLACES: Place[] = [
  {
    what: 'a question',
    put: (room) => asked(room, MARK, () => world.model.says('Well.')),
  },
  {
    what: 'what is quoted',
    inRooms: true,
    async put(room) {
      const said = await world.posts(world.david, { text: MARK }, room)
      world.model.says('Well.')
      await posts(world.jason, { text: 'this?', mentions: [3], replyTo: said }, room)
      return [said]
    },
  },
  {
    what: 'what is said while it works',
    put: (room) => steered(room, () => world.model.says('Well.')),
  },
  {
    what: 'what is said while it works, before a call that fails',
    put: (room) =>
      steered(room, () => {
        for (let n = 0; n < 12; n++) world.model.fails(400)
      }),
  },
  {
    what: 'what is said while it works, before a call that a crash has lost',
    async put(room) {
      const ids = await steered(room, () => world.model.says('Well.'))
      await world.rows(
        "UPDATE steps SET content = NULL, state = 'lost' WHERE notice IS NOT NULL",
        room,
      )
      return ids
    },
  },
  {
    what: 'what is overheard',
    inRooms: true,
    async put(room) {
      world.model.says('Hello.').says('Well.')
      await world.asks(world.jason, 'hello', room)
      const said = await world.posts(world.david, { text: MARK }, room)
      await world.asks(world.jason, 'and?', room)
      return [said]
    },
  },
  {
    what: 'the input of a tool',
    put: (room) =>
      asked(room, 'look', () =>
        world.model.uses('search_conversation', { words: MARK }).says('Well.'),
      ),
  },
  {
    what: 'the result of a tool',
    inRooms: true,
    async put(room) {
      const said = await world.posts(world.david, { text: MARK }, room)
      world.model.uses('read_messages', {}).says('Well.')
      await world.asks(world.jason, 'read', room)
      return [said]
    },
  },
  {
    what: 'the input of a request for a yes',
    put: (room) => wanted(room),
  },
  {
    what: 'the input of what was granted',
    async put(room) {
      const ids = await wanted(room)
      world.model.says('Done.')
      return [...ids, await world.asks(world.david, 'yes', room)]
    },
  },
  {
    what: 'the answer',
    put: (room) => asked(room, 'a word?', () => world.model.says(`It is ${MARK}.`)),
  },
  {
    what: 'an answer that grows',
    put: (room) => asked(room, 'a story?', growing),
  },
  {
    what: 'an answer that was stopped',
    async put(room) {
      world.model.hangs('text', `Once ${MARK} ${'upon a time '.repeat(9)}`)
      const before = world.model.prompts.length
      const ringing = asked(room, 'a story?', () => {})
      await until(() => world.model.prompts.length > before)
      await world.says(world.david, 'stop', room)
      return await ringing
    },
  },
  {
    what: 'an answer of which an edit was lost',
    // In doubt it is known by its words until the room was looked at.
    stays: { deleted: ['replies'] },
    put: (room) => meeting('PATCH', 1, () => asked(room, 'a story?', growing)),
  },
  {
    what: 'an answer whose post was lost',
    // In doubt it is known by its words until the room was looked at.
    stays: { deleted: ['replies'] },
    put: (room) =>
      meeting('POST', 1, () => asked(room, 'a word?', () => world.model.says(`It is ${MARK}.`))),
  },
  {
    what: 'an answer that Campfire does not take, and a sentence in its place',
    async put(room) {
      assistant({ reply: 'whole' })
      const ids = await refusing(async () => {
        const ids = await asked(room, 'a word?', () => world.model.says(`It is ${MARK}.`))
        for (let tries = 0; tries < 30; tries++) {
          vi.setSystemTime(Date.now() + 10 * SECOND)
          await world.rings(room)
        }
        return ids
      })
      return ids
    },
  },
  {
    what: 'a question that was reworded while the model thought',
    async put(room) {
      const { campfire, model, david } = world
      let id = 0
      model.answers(() => {
        campfire.editAsPerson(id, { text: 'coffee, please', mentions: [3] })
        vi.setSystemTime(Date.now() + 3 * SECOND)
        return 'Tea it is.'
      })
      model.says('Coffee it is.')
      id = await world.says(david, MARK, room)
      await world.rings(room)
      model.forget()
      return [id]
    },
  },
  {
    what: 'a question that the model would not take',
    async put(room) {
      assistant({ fallbackModel: undefined })
      const ids = await asked(room, MARK, () => {
        for (let n = 0; n < 12; n++) world.model.fails(400)
      })
      world.model.forget()
      return ids
    },
  },
  {
    what: 'a question that no delivery brought',
    inRooms: true,
    async put(room) {
      world.model.says('Hello.').says('Well.')
      await world.asks(world.jason, 'hello', room)
      world.assistant.active = false
      const id = await world.says(world.david, MARK, room)
      world.assistant.active = true
      await world.passes(61 * SECOND, room)
      return [id]
    },
  },
  {
    what: 'an answer in parts',
    put: (room) =>
      asked(room, 'much?', () => world.model.says(`${MARK}. ${'word '.repeat(200)}\n\n`.repeat(9))),
  },
  {
    what: 'the name of a file',
    async put(room) {
      const file = { name: `${MARK}.pdf`, type: 'application/pdf', bytes: new Uint8Array([1]) }
      const isHeard = room === world.direct
      if (isHeard) world.model.says('Well.')
      const id = await posts(world.david, { file }, room)
      if (isHeard) return [id]
      world.model.says('Well.')
      await world.asks(world.jason, 'what is this?', room)
      return [id]
    },
  },
  {
    what: 'a file that was dropped, and read',
    // It is David's, and no message of his; and so is what was asked of it, and read.
    stays: {
      deleted: [
        ...['file_chunks', 'file_words', 'file_words_content', 'file_words_data', 'files'],
        ...['steps', 'tool_uses', 'turns'],
      ],
      sent: ['<given>', '"name":"search_conversation"', '"tool_result"', '"tool_result"'],
    },
    async put(room) {
      const file = { name: `${MARK}.txt`, bytes: bytesOf(`It is ${MARK}.`) }
      world.model.uses('ask_for_file').says('Please show me.')
      const id = await world.asks(world.david, 'look at a file', room)
      world.model
        .uses('search_conversation', { words: MARK })
        .uses('read_file', { file: 1 })
        .says('I have read it.')
      expect(await drop(linkIn(world, room), file)).toBe('done')
      await world.rings(room)
      return [id]
    },
  },
  {
    what: 'a file that a tool has posted',
    put: (room) =>
      asked(room, 'a file?', () =>
        world.model
          .uses('attach_file', { name: `${MARK}.txt`, type: 'text', content: MARK })
          .says('Well.'),
      ),
  },
  {
    what: 'a fact of the room',
    stays: { deleted: ['pins'], expired: ['pins'] },
    put: (room) =>
      asked(room, 'remember', () =>
        world.model.uses('memory', { action: 'remember', of: 'room', fact: MARK }).says('Well.'),
      ),
  },
  {
    what: 'a summary of what was said before',
    stays: { deleted: ['compactions'], sent: ['"type":"compaction"'] },
    async put(room) {
      assistant({ compactAt: 1_000_000, reply: 'whole', fallbackModel: undefined })
      const ids: number[] = []
      for (let topic = 1; topic <= 8; topic++) {
        if (topic === 8) assistant({ compactAt: 5_000 })
        if (topic === 8) world.model.says('About 8.').compacts(`They spoke of ${MARK}.`)
        else world.model.says(`About ${topic}: ${'so it is and was. '.repeat(200)}`)
        ids.push(await world.asks(world.david, `Topic ${topic}`, room))
      }
      return ids
    },
  },
  {
    what: 'a summary of the session before',
    stays: { deleted: ['sessions'], sent: ['<summary of='] },
    async put(room) {
      world.model.says('Well.').says(`They spoke of ${MARK}.`).says('Again.')
      const first = await world.asks(world.david, 'first', room)
      await world.passes(25 * 3_600_000, room)
      return [first, await world.asks(world.david, 'again', room)]
    },
  },
]

const IN_DIRECTS = PLACES.filter(({ inRooms }) => !inRooms)

describe('forget in a room leaves nothing of', () => {
  it.each(PLACES)('$what', async ({ put }) => {
    const room = world.watercooler
    await put(room)
    expect(await standsIn(room)).not.toEqual([])
    await world.asks(world.david, 'forget', room)
    expect(await standsIn(room)).toEqual([])
    await expectUnread(room, world.jason)
    await expectUnread(room, world.david)
    await world.passes(61 * 60 * SECOND, room)
    expect(await standsIn(room)).toEqual([])
  })
})

describe('forget in a direct leaves nothing of', () => {
  it.each(IN_DIRECTS)('$what', async ({ put }) => {
    const room = world.direct
    await put(room)
    await world.asks(world.david, 'forget', room)
    expect(await standsIn(room)).toEqual([])
    await expectUnread(room, world.david)
    expect(await standsIn(room)).toEqual([])
  })
})

describe('a deletion in Campfire takes with it', () => {
  it.each(PLACES)('$what', async ({ put, stays }) => {
    const room = world.watercooler
    const ids = await put(room)
    for (const id of ids) world.campfire.deleteMessage(id)
    await world.talksElsewhere()
    world.model.says('As ever.')
    const before = world.model.prompts.length
    await world.asks(world.jason, 'and now?', room)
    const left = await standsIn(room)
    expect(left).toEqual(left.filter((name) => stays?.deleted?.includes(name)))
    const sent = (stays?.sent ?? []).map((part) => expect.stringContaining(part))
    expect(sentIn(world.model.prompts.slice(before))).toEqual(sent)
  })
})

describe('a deletion in Campfire of what was asked, or of the answer', () => {
  it.each(['asked', 'answered'])('takes an answer in doubt with it: %s', async (which) => {
    const room = world.watercooler
    let lost = 0
    world.fault = async ({ method, url }, when) => {
      const isEdit = when === 'after' && method === 'PATCH' && /messages/.test(url)
      return isEdit && !lost++ ? new Response('', { status: 504 }) : undefined
    }
    const questions = await asked(room, 'a story?', growing)
    await world.passes(30 * SECOND)
    world.fault = null
    const answers = world.campfire.postsOf(world.assistant, room).map(({ id }) => id)
    for (const id of which === 'asked' ? questions : answers) world.campfire.deleteMessage(id)
    world.model.says('As ever.')
    await world.asks(world.jason, 'and now?', room)
    // It was known by its words until the room was looked at.
    for (const minutes of [1, 10, 60]) await world.passes(minutes * 60 * SECOND, room)

    expect(lost).toBeGreaterThan(0)
    expect(await standsIn(room)).toEqual([])
  })
})

describe('a reset by the operator leaves only in the archive, or pinned,', () => {
  it.each(PLACES)('$what', async ({ put }) => {
    const room = world.watercooler
    await put(room)
    await world.room(room).resetSession()
    const left = await standsIn(room)
    expect(
      left.filter(
        (name) => name !== 'pins' && !/^(archive|said|file_)/.test(name) && name !== 'files',
      ),
    ).toEqual([])
  })
})

describe('the end of its time takes with it', () => {
  it.each(PLACES)('$what', async ({ put, stays }) => {
    const room = world.watercooler
    await put(room)
    for (let n = 0; n < 3; n++) await world.passes(91 * DAY, room)
    const left = await standsIn(room)
    expect(left).toEqual(left.filter((name) => stays?.expired?.includes(name)))
  })
})

/** Whatever the tools could find of it: nothing of it reaches the model. */
async function expectUnread(room: Someone, person: Someone) {
  const before = world.model.prompts.length
  const tools: [string, object][] = [
    ['read_messages', { count: 40 }],
    ['search_conversation', {}],
    ['search_conversation', { words: MARK }],
    ['read_result', { name: '1.1.1' }],
  ]
  world.model.answers(() =>
    tools.map(([name, input], n) => ({
      type: 'tool_use' as const,
      id: `toolu_${before}_${n}`,
      name,
      input: name === 'search_conversation' && 'words' in input ? { words: 'zyxo' } : input,
    })),
  )
  world.model.says('As ever.')
  await world.asks(person, 'and now?', room)
  expect(world.model.prompts.length).toBe(before + 2)
  expect(JSON.stringify(world.model.prompts.slice(before))).not.toContain(MARK)
}

/** Which blocks of what the model is asked next hold it. */
function sentIn(prompts: Body[]) {
  const blocks = prompts.flatMap(({ system, messages }) => [
    ...[system].flat(),
    ...messages.flatMap(({ content }) => [content].flat()),
  ])
  return blocks.map((block) => JSON.stringify(block)).filter((block) => block.includes(MARK))
}

async function standsIn(room: Someone) {
  return await runInDurableObject(world.room(room), (_, { storage }) =>
    tablesWith(storage.sql, MARK),
  )
}

async function asked(room: Someone, text: string, script: () => unknown) {
  script()
  return [await world.asks(world.david, text, room)]
}

async function posts(person: Someone, what: Said, room: Someone) {
  const id = await world.posts(person, what, room)
  vi.setSystemTime(Date.now() + SECOND)
  await world.rings(room)
  return id
}

async function steered(room: Someone, then: () => void) {
  assistant({ fallbackModel: undefined })
  const gate = Promise.withResolvers<void>()
  const before = world.model.prompts.length
  world.model.uses('search_conversation', { words: 'x' }, { saying: 'Let me see.' })
  world.model.waits(gate.promise)
  then()
  const first = await world.says(world.david, 'look', room)
  const ringing = world.rings(room)
  await until(() => world.model.prompts.length > before)
  const second = await world.says(world.david, MARK, room)
  gate.resolve()
  await ringing
  await world.rings(room)
  world.model.forget()
  return [first, second]
}

async function wanted(room: Someone) {
  assistant({ approval: { boost: 'always' } })
  const id = await world.posts(world.jason, { text: 'a good idea' }, world.watercooler)
  return await asked(room, 'boost it', () =>
    world.model.uses('boost', { message_id: id, content: MARK }),
  )
}

/** The first request of this kind is carried out, and its answer is lost. */
async function meeting(method: string, times: number, work: () => Promise<number[]>) {
  let seen = 0
  world.fault = async (request, when) => {
    const isMet =
      when === 'after' && request.method === method && /rooms.*messages/.test(request.url)
    const isBoost = request.url.includes('/boosts')
    return isMet && !isBoost && seen++ < times ? new Response('', { status: 504 }) : undefined
  }
  const ids = await work()
  vi.setSystemTime(Date.now() + 30 * SECOND)
  for (const room of [world.watercooler, world.direct]) await world.rings(room)
  world.fault = null
  return ids
}

/** Campfire fails at each post that has the word in it. */
async function refusing(work: () => Promise<number[]>) {
  world.fault = async (request, when) => {
    const isPost = request.method === 'POST' && /rooms.*\/messages$/.test(request.url)
    const isMet = when === 'before' && isPost && (await request.text()).includes(MARK)
    return isMet ? new Response('', { status: 500 }) : undefined
  }
  const ids = await work()
  world.fault = null
  return ids
}

function growing() {
  const pieces = [`The ${MARK} grows.\n\n`, 'And on.\n\n', 'The end.']
  world.model.says(pieces.join(''), {
    pieces,
    before: async () => {
      for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
      vi.setSystemTime(Date.now() + 3 * SECOND)
    },
  })
}
