import { describe, expect, it } from 'vitest'
import type { Question } from '../deliveries.ts'
import { standingOf } from '../standing.ts'
import { endFor } from './ends.ts'
import { wasForgotten } from './forgotten.ts'
import type { Scene, Turn } from './scene.ts'

/** Ann's forget is number 20; it was on its way at 2, and its turn is the fifth. */
const FORGET = question({ id: 20, kind: 'forget', sent: 2, acknowledged: 3 })
const HAS_FORGOTTEN = turn({ id: 5, kind: 'forget', messages: [20], startedAt: at(5) })
/** What she said before it, and came when that was done. */
const LATE = question({ id: 10, sent: 4, acknowledged: 5 })
const OTHER = 'Answer to 30, part 1 of 1. nobody knows better.'
const TAKER = turn({ id: 6, messages: [10, 30], startedAt: at(6), replies: [posted(90)] })

describe('what came after its author had us forget it', () => {
  it.each<
    [
      string,
      { asked?: Changes; forget?: Changes; by?: Partial<Turn>; taker?: Partial<Turn> },
      boolean,
    ]
  >([
    ['is left out', {}, true],
    ['and was never delivered', { asked: { sent: null, acknowledged: null } }, true],
    ['and is by somebody else', { asked: { person: 2 } }, false],
    ['and was said after that', { asked: { id: 25 } }, false],
    ['and was with us before that was on its way', { asked: { acknowledged: 1 } }, false],
    ['but that was edited, and so was talk', { by: { kind: 'talk' } }, false],
    ['but that was no such word', { forget: { kind: 'says' } }, false],
    ['but that was never taken', { by: { messages: [] } }, false],
    ['and is taken by a turn of somebody else', { taker: { askerId: 2 } }, false],
    ['and was over before that', { taker: { id: 4, endedAt: at(4) } }, false],
    ['and had been set aside, and went on after', { taker: { id: 4, endedAt: at(7) } }, true],
  ])('%s', (_, { asked, forget, by, taker }, isRight) => {
    const question = { ...LATE, ...changed(LATE, asked) }
    const messages = [question.id, 30]
    const scene = sceneWith({
      asked: [question, { ...FORGET, ...changed(FORGET, forget) }],
      turns: [
        { ...HAS_FORGOTTEN, ...by },
        { ...TAKER, messages, ...taker },
      ],
      posts: [[90, OTHER]],
    })
    expect(endIn(scene, question)).toBe(isRight ? 'left out, since it was forgotten' : null)
  })

  it('may be all that a turn had taken', () => {
    const silent: Partial<Turn> = { state: 'silent', reason: 'forgotten', replies: [] }
    const asked = [LATE, FORGET]
    const right = sceneWith({ asked, turns: [HAS_FORGOTTEN, { ...TAKER, ...silent }], posts: [] })
    const wrong = sceneWith({ asked, turns: [{ ...TAKER, ...silent }], posts: [] })
    expect(endIn(right, LATE)).toBe('forgotten before it came')
    expect(endIn(wrong, LATE)).toBe(null)
  })

  it.each<[string, Partial<Turn>, string | null]>([
    ['is not to be answered', {}, null],
    ['is, where its turn began before', { id: 4, endedAt: at(7) }, 'answered'],
  ])('%s', (_, taker, end) => {
    const scene = sceneWith({
      asked: [LATE, FORGET],
      turns: [HAS_FORGOTTEN, { ...TAKER, ...taker }],
      posts: [[90, 'Answer to 10, part 1 of 1. nobody knows better.']],
    })
    expect(endIn(scene, LATE)).toBe(end)
  })

  it.each([
    ['in the backup', 8, true],
    ['since Campfire was restored, with a number that is given anew', 16, false],
  ])('counts as forgotten where it was said %s', (_, id, isForgotten) => {
    const said = { ...LATE, id }
    const scene = sceneWith({ asked: [said], turns: [HAS_FORGOTTEN], posts: [] })
    Object.assign(scene.world, {
      restored: { last: 15, at: time(5.5), questions: [FORGET], posts: [] },
    })
    expect(wasForgotten(scene, said)).toBe(isForgotten)
  })
})

describe('a request of which no more is left than what became of it', () => {
  const asker = question({ id: 10 })
  const request = turn({ id: 4, messages: [10], replies: [posted(12)] })
  const yes = question({ id: 14, kind: 'yes' })

  it.each<[string, string, Partial<Parts>, boolean]>([
    ['by a forget of whoever asked', 'Withdrawn', {}, true],
    ['by a forget of anybody in the room', 'Withdrawn', { by: { askerId: 2 } }, true],
    ['by one that was before it', 'Withdrawn', { by: { id: 3 } }, false],
    ['by no forget at all', 'Withdrawn', { by: { kind: 'talk' } }, false],
    ['by one that never got so far', 'Withdrawn', { by: { state: 'parked' } }, false],
    ['in a message that asked for nothing', 'Withdrawn', { requests: [] }, false],
    ['in a message that asked for somebody else', 'Withdrawn', { requests: [[11, 12]] }, false],
    ['after a yes', 'Approved by Ben', { said: [yes] }, true],
    ['after nobody said yes', 'Approved by Ben', {}, false],
    ['after somebody else said yes', 'Approved by Cleo', { said: [yes] }, false],
    ['after a yes that was before it', 'Approved', { said: [{ ...yes, id: 11 }] }, false],
    ['after a yes, and not after a no', 'Declined by Ben', { said: [yes] }, false],
    ['after a day', 'Expired', {}, false],
  ])('is right %s: %s', (_, text, { by, requests = [[10, 12]], said = [] }, isRight) => {
    const scene = sceneWith({
      asked: [asker, ...said, FORGET],
      turns: [request, { ...HAS_FORGOTTEN, ...by }],
      posts: [[12, text]],
      requests,
    })
    expect(endIn(scene, asker)).toBe(isRight ? 'asked back, and forgotten since' : null)
  })
})

interface Parts {
  by: Partial<Turn>
  requests: [asked: number, post: number][]
  said: Question[]
}

type Changes = Partial<Omit<Question, 'saying'>> & { kind?: Kind; person?: number }
type Kind = Question['saying']['kind']

function changed({ saying }: Question, { kind, person, ...rest }: Changes = {}) {
  return { ...rest, saying: { ...saying, ...(kind && { kind }), ...(person && { person }) } }
}

function question({ kind = 'says', person = 1, ...changes }: Changes): Question {
  const saying = { person, kind } as Question['saying']
  return { id: 10, room: 1, saying, sent: 1, acknowledged: 1, deleted: false, ...changes }
}

function endIn(scene: Scene, question: Question) {
  const turn = scene.turns.find(({ messages }) => messages.includes(question.id))
  if (!turn) throw new Error('No turn took it')
  return endFor(scene, turn, question)
}

function turn(changes: Partial<Turn>): Turn {
  return {
    id: 5,
    reference: `100-1-${changes.id}`,
    kind: 'talk',
    state: 'replied',
    reason: null,
    tier: 'hot',
    askerId: 1,
    startedAt: at(1),
    endedAt: at(6.5),
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

interface Given extends Pick<Scene, 'asked' | 'turns'> {
  posts: [id: number, text: string][]
  requests?: Parts['requests']
}

/** As much of it as this judge reads. */
function sceneWith({ asked, turns, posts, requests = [] }: Given): Scene {
  const world = {
    dialect: 'rails',
    restored: null,
    crowd: { requests: new Map(requests.map(([about, post]) => [about, new Set([post])])) },
  } as unknown as Scene['world']
  const standing = posts.map(([id, plain]) => standingOf({ id, plain, file: null }))
  const seen = { removed: [], lists: true, listedIn: [], sentIn: new Map() }
  return { room: 1, asked, turns, standing, world, ...seen }
}

function posted(message: number) {
  return { part: 1, message, state: 'posted' } as const
}

function at(minutes: number) {
  return new Date(time(minutes)).toISOString()
}

function time(minutes: number) {
  return Date.UTC(2026, 10, 29, 12) + minutes * 60_000
}
