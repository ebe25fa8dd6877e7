import { describe, expect, it } from 'vitest'
import { SENTENCES } from '../../../src/sentences.ts'
import { Book } from '../book.ts'
import type { Question } from '../deliveries.ts'
import { judgePatience } from '../patience.ts'
import { standingOf } from '../standing.ts'
import type { World } from '../world.ts'
import { endFor } from './ends.ts'
import { hasLeave } from './leave.ts'
import { judgePosts } from './posts.ts'
import { takerOf } from './restored.ts'
import { postsOf, type Scene, type Turn } from './scene.ts'

/** In the backup are the messages up to 100; it was restored at noon, and numbers are given again from 101. */
const LAST = 100
const NOON = Date.UTC(2026, 10, 29, 12)
const ANSWER = 'Answer to 90, part 1 of 1. nobody knows better.'

describe('after Campfire was restored, a message with a number that a turn from before knows', () => {
  it('is not what that turn said', () => {
    const scene = sceneWith({ turns: [turn({ replies: [posted(105)] })], posts: [[105, ANSWER]] })
    expect(postsOf(scene, only(scene)).standing).toEqual([])
    expect(findings(scene)).toEqual(['orphans'])
  })

  it('is, where it says so itself: the turn went on, and answers what it took', () => {
    const over = turn({ endedAt: at(1), messages: [90], replies: [posted(105)] })
    const scene = sceneWith({ turns: [over], posts: [[105, ANSWER]] })
    expect(postsOf(scene, over).standing).toHaveLength(1)
    expect(findings(scene)).toEqual([])
  })

  it.each([
    ['answers what another took', ANSWER],
    ['is the honest sentence of another', 'I could not do it (100-1-9).'],
  ])('is not, where it %s', (_, text) => {
    const over = turn({ endedAt: at(1), messages: [80], replies: [posted(105)] })
    const scene = sceneWith({ turns: [over], posts: [[105, text]] })
    expect(postsOf(scene, over).standing).toEqual([])
    expect(findings(scene)).toEqual(['orphans'])
  })

  it.each<[string, Partial<Turn>, number]>([
    ['that was in the backup', { replies: [posted(95)] }, 95],
    [
      'of a turn that began since',
      { startedAt: at(1), endedAt: at(2), replies: [posted(105)] },
      105,
    ],
  ])('is, as ever, %s', (_, changes, id) => {
    const scene = sceneWith({ turns: [turn(changes)], posts: [[id, ANSWER]] })
    expect(postsOf(scene, only(scene)).standing).toHaveLength(1)
    expect(findings(scene)).toEqual([])
  })

  it('leaves an answer that stands twice a double', () => {
    const since = turn({ startedAt: at(1), endedAt: at(2), replies: [posted(105), posted(106)] })
    const posts: Post[] = [
      [105, ANSWER],
      [106, ANSWER],
    ]
    expect(findings(sceneWith({ turns: [since], posts }))).toEqual(['left double'])
  })
})

describe('a message whose number was given to another before Campfire was restored', () => {
  const over = turn({ endedAt: at(1), messages: [105] })
  const before = turn({ messages: [105] })
  const since = turn({ startedAt: at(1), endedAt: at(2), messages: [105] })
  const heard = question(105, 'says')
  const dropped = { ...heard, sent: null, acknowledged: null }
  const stopped = { ...over, state: 'stopped' as const }
  const stop = question(105, 'stop')

  it.each<[string, Turn, Question, boolean, boolean]>([
    ['since', since, heard, true, true],
    ['over it, where the other can have been heard', over, heard, false, false],
    ['over it, where the other can have been found', over, dropped, true, false],
    ['over it, where nobody ever told of the other', over, dropped, false, true],
    ['before, though nobody told of the other', before, dropped, false, false],
    ['over it, which it stopped', stopped, dropped, true, true],
    ['over it, which it stopped, where the other was a stop, too', stopped, stop, true, false],
  ])('is taken by a turn %s', (_, by, lost, lists, isTaken) => {
    const scene = { ...sceneWith({ turns: [by], posts: [] }), lists }
    const world = worldWith({ lost: [lost] })
    expect(takerOf({ ...scene, world }, question(105, 'stop'), [by])).toBe(isTaken ? by : undefined)
  })

  it('is taken by a turn over it, where the other was taken by one that was over by then', () => {
    const scene = sceneWith({ turns: [before, over], posts: [] })
    const world = worldWith({ lost: [stop] })
    expect(takerOf({ ...scene, world }, heard, [before, over])).toBe(over)
    expect(takerOf({ ...scene, world }, heard, [before])).toBeUndefined()
  })
})

describe('leave that was given before Campfire was restored', () => {
  const [asked, yes] = [question(90, 'says'), question(110, 'yes')]
  const note = (id: number) => ({ id, file: 'note-90.txt' })

  it('counts for what was done after, whatever its number', () => {
    const world = worldWith({ known: [asked], lost: [yes], requests: [[90, 91]] })
    expect(hasLeave(world, 1, note(105))).toBe(true)
  })

  it('counts for nothing that was done before it', () => {
    const world = worldWith({ known: [asked, yes], requests: [[90, 91]] })
    expect(hasLeave(world, 1, note(105))).toBe(false)
    expect(
      hasLeave(worldWith({ known: [asked], lost: [yes], requests: [[90, 91]] }), 1, note(95)),
    ).toBe(false)
  })

  it('is none where nobody said yes, or after they took it back', () => {
    const no = { ...question(107, 'no'), acknowledged: 1 }
    const known = [asked]
    const requests: [number, number][] = [[90, 91]]
    expect(hasLeave(worldWith({ known, requests }), 1, note(105))).toBe(false)
    expect(hasLeave(worldWith({ known, lost: [no, yes], requests }), 1, note(105))).toBe(false)
  })
})

describe('a turn that failed without a failure', () => {
  const failed = { state: 'failed', error: null } as const
  const doubtful = { part: 1, message: null, state: 'doubtful' } as const

  it.each<[string, World['dialect'], Partial<Turn>, string[]]>([
    ['may be in doubt where nothing can be listed', 'v1.4.9', { replies: [doubtful] }, []],
    ['has given up where its reply has an id', 'v1.4.9', { replies: [posted(95)] }, [EARLY]],
    ['has given up where it says why', 'v1.4.9', { error: 'x', replies: [doubtful] }, [EARLY]],
    ['has given up where it sent nothing', 'v1.4.9', {}, [EARLY]],
    ['has given up where it can be listed', 'rails', { replies: [doubtful] }, [EARLY]],
  ])('%s', (_, dialect, changes, found) => {
    const book = new Book()
    const world = { ...worldWith({}), dialect } as World
    judgePatience(world, { room: 1, turns: [turn({ ...failed, ...changes })] } as never, book)
    expect(book.findings.map(({ claim }) => claim)).toEqual(found)
  })
})

describe('an answer that was cut before it said whose it is', () => {
  const cut: Post[] = [[96, 'Answer\n\n\n(I had to stop here.)']]
  const doubtful = { part: 1, message: null, state: 'doubtful' } as const

  it.each<[string, boolean, Turn['replies'], Post[], string[]]>([
    ['may be one that nobody could place', false, [doubtful], cut, []],
    ['is nobody’s where all have their numbers', false, [posted(97)], cut, ['orphans']],
    ['is nobody’s where the room can be asked', true, [doubtful], cut, ['orphans']],
    ['is one alone', false, [doubtful], [...cut, [97, 'Answ']], ['orphans']],
  ])('%s', (_, lists, replies, posts, found) => {
    const scene = sceneWith({ turns: [turn({ replies })], posts })
    expect(findings({ ...scene, lists })).toEqual(found)
  })
})

describe('what Campfire has said in our name', () => {
  const words: Post[] = [[96, 'Failed to respond within 7 seconds']]

  it.each<[boolean, string[]]>([
    [true, ["Campfire's own words left standing"]],
    [false, []],
  ])('is to go where it can be deleted (%s)', (lists, found) => {
    expect(findings({ ...sceneWith({ turns: [], posts: words }), lists })).toEqual(found)
  })
})

describe('a forget', () => {
  const asked = question(90, 'forget')
  const failed: Partial<Turn> = { kind: 'forget', state: 'failed', replies: [posted(96)] }

  it.each<[string, Partial<Turn>, string, string | null]>([
    [
      'whose answer was refused is told so',
      failed,
      'It was refused (100-1-5).',
      'told so honestly',
    ],
    ['that failed in silence is lost', failed, 'Well.', null],
    [
      'that is done says so',
      { ...failed, state: 'replied' },
      Object.values(SENTENCES.forgotten)[0] ?? '',
      'forgotten',
    ],
    ['that says something else is lost', { ...failed, state: 'replied' }, 'Well.', null],
  ])('%s', (_, changes, text, end) => {
    const by = turn({ messages: [90], ...changes })
    expect(endFor(sceneWith({ turns: [by], posts: [[96, text]] }), by, asked)).toBe(end)
  })
})

const EARLY = 'given up too early'

type Post = [id: number, text: string]

function sceneWith({ turns, posts }: { turns: Turn[]; posts: Post[] }): Scene {
  return {
    room: 1,
    asked: [],
    turns,
    standing: posts.map(([id, plain]) => standingOf({ id, plain, file: null })),
    removed: [],
    lists: true,
    listedIn: [],
    sentIn: new Map(),
    world: worldWith({}),
  }
}

interface Said {
  known?: Question[]
  lost?: Question[]
  requests?: [asked: number, post: number][]
}

/** As much of a world as these judges read. */
function worldWith({ known = [], lost = [], requests = [] }: Said) {
  return {
    dialect: 'rails',
    kills: { deaths: [] },
    clock: { between: (from: number, to: number) => to - from },
    model: { failures: new Map() },
    trouble: { worst: new Map(), refused: new Map(), touched: new Map() },
    limits: [],
    deliveries: { questions: new Map(known.map((one) => [one.id, one])) },
    crowd: { requests: new Map(requests.map(([about, post]) => [about, new Set([post])])) },
    restored: { last: LAST, at: NOON, questions: lost, posts: [] },
  } as unknown as World
}

function question(id: number, kind: Question['saying']['kind']): Question {
  const saying = { person: 1, kind } as Question['saying']
  return { id, room: 1, saying, sent: 2, acknowledged: 3, deleted: false }
}

function turn(changes: Partial<Turn>): Turn {
  return {
    id: 5,
    reference: '100-1-5',
    kind: 'talk',
    state: 'replied',
    reason: null,
    tier: 'hot',
    askerId: 1,
    startedAt: at(-2),
    endedAt: at(-1),
    dueAt: null,
    crashes: 0,
    failures: 0,
    stoppedBy: null,
    error: null,
    requests: [],
    messages: [],
    replies: [],
    signs: [],
    ...changes,
  }
}

function posted(message: number) {
  return { part: 1, message, state: 'posted' } as const
}

function at(minutes: number) {
  return new Date(NOON + minutes * 60_000).toISOString()
}

function findings(scene: Scene) {
  const book = new Book()
  judgePosts(scene, book)
  return book.findings.map(({ claim }) => claim)
}

function only({ turns: [one] }: Scene) {
  if (!one) throw new Error('There is no turn')
  return one
}
