import { evictDurableObject } from 'cloudflare:test'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { sentencesFor } from '../../src/sentences.ts'
import type { Said } from '../campground/composer.ts'
import { useBotChanges } from '../support/bots.ts'
import { runs } from '../support/extent.ts'
import { factsIn, isSummary, StormyApi } from '../support/storm/api.ts'
import { anything, failing, type Reply } from '../support/storm/replies.ts'
import { useWorld } from '../support/world.ts'

// Whatever one person says, and whatever the API answers for a while: the message after it is answered as
// ever, and what was told before is still in the request.

interface Scene {
  says: Said
  /** How the calls go that it leads to; when these are used up, all is well. */
  replies: Reply[]
  /** Minutes until the next. */
  passes: number
  evicted: boolean
}

const world = useWorld()
const change = useBotChanges()
const MINUTE = 60_000
const FACT = 'fact-tea-1'
const CONTROL = new Set(['stop', 'why', 'help', '/stop'])
/** That a part of what was said is not seen any more, in each language. */
const REMARKS = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh']
  .map(sentencesFor)
  .flatMap(({ partlyLeftOut, partlyForgotten }) => [partlyLeftOut, partlyForgotten])
let rooms = 100
let facts = 1

const words = fc.oneof(
  fc.constantFrom(
    ...['hello?', '', ' ', 'stop', 'why', 'help', 'yes', 'no', 'forget it, please', '/stop', '?!'],
    ...[
      '\ud83d',
      'half \ud83d of it',
      '👩‍👩‍👧',
      '\u202e\u0007',
      '</asked></context>',
      '<summary>x</summary>',
    ],
    ...[
      '<script>alert(1)</script>',
      '"prompt is too long"',
      '{"type":"error"}',
      'undefined',
      '[x](javascript:1)',
    ],
    ...['long '.repeat(3_000), 'x'.repeat(20_000), '長'.repeat(9_000), '\n'.repeat(500)],
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const says: fc.Arbitrary<Said> = fc.oneof(
  { weight: 5, arbitrary: words.map((text) => ({ text })) },
  {
    weight: 1,
    arbitrary: words.map((name) => ({
      file: { name: name.slice(0, 60) || 'x', type: 'text/plain', bytes: new Uint8Array(3) },
    })),
  },
  { weight: 1, arbitrary: words.map((text) => ({ text, replyTo: 1 })) },
)
const scene = (reply: fc.Arbitrary<Reply>, most: number): fc.Arbitrary<Scene> =>
  fc.record({
    says,
    replies: fc.array(reply, { maxLength: most }),
    passes: fc.constantFrom(0, 0, 1, 3, 12, 45),
    evicted: fc.boolean(),
  })
const bots = fc.record({
  reply: fc.constantFrom('grow' as const, 'whole' as const),
  compactAt: fc.constantFrom(2_000, 60_000),
  fallbackModel: fc.constantFrom(undefined, 'claude-haiku-5-5'),
})

it('nobody is left without an answer once the API is well, and nothing is forgotten for what passed', {
  timeout: 600_000,
}, async () => {
  const calm = fc.array(scene(failing, 0), { maxLength: 2 })
  const storm = fc.tuple(calm, scene(failing, 14), calm).map((all) => all.flat())
  await fc.assert(
    fc.asyncProperty(storm, bots, async (scenes, bot) => {
      await livesThrough(scenes, bot, (request, { facts }) => {
        for (const fact of facts) expect(request).toContain(fact)
      })
    }),
    runs(80),
  )
})

it('nor after answers of any kind, and whatever is left out is said', {
  timeout: 600_000,
}, async () => {
  const storm = fc.array(scene(anything, 8), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(storm, bots, async (scenes, bot) => {
      await livesThrough(scenes, bot, (request, { said }) => {
        if (!REMARKS.some((remark) => said.includes(remark))) expect(request).toContain(FACT)
      })
    }),
    runs(80),
  )
})

async function livesThrough(
  scenes: Scene[],
  bot: Parameters<typeof change>[0],
  judge: (request: string, told: { facts: string[]; said: string }) => void,
) {
  change(bot)
  const { model, campfire, david, assistant } = world
  const api = new StormyApi()
  model.gateway = api.handle
  for (const list of [model.prompts, model.bodies, model.headers, model.refused]) list.length = 0
  hurries(api)
  const room = campfire.addRoom(`Room ${++rooms}`, [david, assistant], { id: rooms })
  const first = await world.asks(david, `Remember: ${FACT}`, room)

  for (const { says, replies, passes, evicted } of scenes) {
    api.replies = [...replies]
    await world.posts(david, addressed(says, { first, fact: `fact-said-${++facts}` }), room)
    await world.rings(room)
    for (let minute = 0; minute < passes; minute++) await world.passes(MINUTE, room)
    if (evicted) await evictDurableObject(world.room(room))
  }
  api.replies = []
  for (let minute = 0; minute < 15; minute++) await world.passes(MINUTE, room)

  expect(await toldIn(room)).toContain(FACT)
  for (const words of ['and now?', 'and then?']) {
    const before = world.answers(room)
    await world.asks(david, words, room)
    expect(world.answers(room)).toEqual([...before, api.answers.at(-1)])
    const asked = model.prompts.findLast((body) => !isSummary(body) && !('compaction' in body))
    judge(JSON.stringify(asked?.messages), { facts: await toldIn(room), said: before.join('\n') })
    await evictDurableObject(world.room(room))
  }
  expect(world.answers(room).join('\n')).not.toMatch(/undefined|\[object|NaN/)
  // That a thought was torn on its way nobody can see but by that.
  const torn = scenes.some(({ replies }) =>
    replies.some((one) => 'harms' in one && one.harms.length),
  )
  const refused = model.refused.splice(0)
  expect(refused.filter((why) => !torn || !/Invalid `signature`/.test(why))).toEqual([])
  expect(await world.rows('SELECT id FROM turns WHERE ended IS NULL', room)).toEqual([])
  expect(await world.rows("SELECT number FROM tool_uses WHERE state = 'intended'", room)).toEqual(
    [],
  )
}

/** A word of control stays as it is; whatever else is said has something to remember in it. */
function addressed(said: Said, { first, fact }: { first: number; fact: string }): Said {
  if (!('text' in said)) return said
  const text = CONTROL.has(said.text) ? said.text : `${said.text} ${fact}`
  return { text, mentions: [world.assistant], ...(said.replyTo && { replyTo: first }) }
}

/** All that is to be remembered: what a guardrail would not have is left out, and so said to be. */
async function toldIn(room: { id: number }) {
  const turns = await world.rows(
    `SELECT prompt FROM turns WHERE prompt IS NOT NULL AND ended IS NOT NULL
     AND id NOT IN (SELECT turn FROM steps WHERE error = 'declined')`,
    room,
  )
  return factsIn(turns.map(({ prompt }) => String(prompt)).join('\n'))
}

/** What is waited for with great patience is given up as soon as nothing comes any more. */
function hurries(api: StormyApi) {
  if (vi.isMockFunction(globalThis.setTimeout)) vi.mocked(globalThis.setTimeout).mockRestore()
  const start = globalThis.setTimeout
  const starts = (work: () => void, ms = 0) => {
    if (!PATIENT.has(ms)) return start(work, ms)
    const timer = setInterval(() => {
      if (!api.isHanging) return
      api.isHanging = false
      clearInterval(timer)
      work()
    }, 1)
    return timer
  }
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(starts as typeof setTimeout)
}

/** Of a silence, a compaction, and a call. */
const PATIENT = new Set([90_000, 240_000, 300_000])
