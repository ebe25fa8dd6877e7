import type { RoomOverview } from '../../src/operator/schemas.ts'
import { Book, countsOf } from './book.ts'
import type { Removed } from './crowd.ts'
import { judgeSigns, judgeTools } from './deeds.ts'
import type { Question } from './deliveries.ts'
import { judgePatience } from './patience.ts'
import { namedIn, type Standing, standingOf } from './standing.ts'
import type { World } from './world.ts'

type Turn = RoomOverview['turns'][number]

/** A room as it was left: what was said to the bot, its turns, its posts, and those that people deleted. */
interface Scene {
  room: number
  asked: Question[]
  turns: Turn[]
  standing: Standing[]
  removed: Removed[]
  /** This Campfire can be asked what stands. */
  lists: boolean
  /** When it was, and when each message was sent. */
  listedIn: number[]
  sentIn: Map<number, number>
}

/** As people see it: nothing that was acknowledged waits for an answer, and nothing is half said. */
export function looksDone(world: World) {
  const { removed } = world.crowd
  return world.rooms.every(({ id: room }) => {
    const standing = postsIn(world, room)
    const all = [...standing, ...removed]
    const named = new Set(all.flatMap(namedIn))
    const isSaid = (question: Question) => {
      const { id, acknowledged, deleted, saying } = question
      const isOver = acknowledged === null || deleted || saying.kind === 'stop' || named.has(id)
      return (
        isOver ||
        mayBeGone(world, question) ||
        all.some((one) => one.id > id && (isEnd(one) || !canList(world)))
      )
    }
    return questionsIn(world, room).every(isSaid) && !standing.some(({ isDraft }) => isDraft)
  })
}

/**
 * What the same person said while the answer grew is of the same turn, and names itself in the last edit
 * only: whoever deletes that answer before ends both. The receipts will tell.
 */
function mayBeGone(
  { crowd, deliveries: { questions } }: World,
  { id, room, sent, saying }: Question,
) {
  return crowd.removed.some((answer) => {
    const isInTime = (sent ?? 0) < answer.at + A_TURN
    const asked = namedIn(answer).map((name) => questions.get(name))
    const isTheirs = asked.some((one) => one?.room === room && one.saying.person === saying.person)
    return isInTime && isTheirs && namedIn(answer).every((name) => name < id)
  })
}

/** Few take longer. */
const A_TURN = 60_000

function isEnd({ reference, isStopped, isForgotten }: Standing) {
  return reference !== null || isStopped || isForgotten
}

/** Reads every room, and every receipt. */
export async function judge(world: World) {
  const book = new Book()
  for (const { id: room } of world.rooms) {
    const overview = await world.worker.overview(room)
    const { turns, queue } = overview
    const standing = postsIn(world, room)
    const { removed } = world.crowd
    const asked = questionsIn(world, room)
    const { listed, sent } = world.trouble
    const past = { listedIn: listed.get(room) ?? [], sentIn: sent }
    const scene = { room, asked, turns, standing, removed, lists: canList(world), ...past }
    judgeMessages(scene, book)
    judgeTurns(scene, book)
    judgePosts(scene, book)
    judgePatience(world, overview, book)
    judgeTools(world, room, book)
    judgeSigns(world, overview, book)
    if (queue.waiting || queue.running) {
      const what = `${queue.waiting} waiting, ${queue.running} running: ${inShort(turns[0])}`
      book.find('rooms stuck', room, what)
    }
  }
  for (const refusal of new Set(world.model.refused)) book.find('refused by the model', 0, refusal)
  return book
}

/** What was acknowledged, or could be found, is taken by one turn, whose end is about it. */
function judgeMessages(scene: Scene, book: Book) {
  const { asked, turns, room } = scene
  const first = firstHeard(scene)
  for (const question of asked) {
    const { id, acknowledged, deleted, saying } = question
    const what = `message ${id} (${[saying.kind, saying.fate, saying.regret].filter(Boolean).join(', ')})`
    const by = turns.filter(({ messages }) => messages.includes(id))
    const [turn] = by
    if (by.length > 1) book.find('taken twice', room, `${what}: ${by.map(inShort).join('; ')}`)

    const isForgotten = asked.some((other) => isForgottenBy(question, other, turns))
    const isFindable = scene.lists && id > first && !deleted && !isForgotten
    const known = acknowledged ? 'acknowledged' : 'never delivered'
    if (turn) {
      const end = endFor(scene, turn, question)
      book.count(`${known}, ${end ?? 'lost'}`)
      if (!end) book.find('lost', room, `${what}: ${inShort(turn)} ${wordsOf(scene, turn)}`)
    } else if (acknowledged || isFindable) {
      book.find('lost', room, `${what}: ${known}, and no turn took it`)
    } else {
      const past = scene.lists ? 'before the first' : 'nobody can list'
      const why = deleted ? 'deleted' : isForgotten ? 'forgotten since' : past
      book.count(`${known}, unheard of (${why})`)
    }
  }
}

/** What somebody said before they had us forget them is looked for no more. */
function isForgottenBy({ id, saying }: Question, later: Question, turns: Turn[]) {
  const isTheirs = later.saying.kind === 'forget' && later.saying.person === saying.person
  return isTheirs && later.id > id && turns.some(({ messages }) => messages.includes(later.id))
}

/** Nobody counted on us before. What was under way when the first was answered may have been first. */
function firstHeard({ asked }: Scene) {
  const answered = Math.min(...asked.map(({ acknowledged }) => acknowledged ?? Infinity))
  const underWay = asked.filter(({ sent }) => sent !== null && sent <= answered)
  return underWay.length ? Math.max(...underWay.map(({ id }) => id)) : Infinity
}

/** How its turn ended for this message, in a word. Null: not as it should. */
function endFor(scene: Scene, turn: Turn, { id, deleted, saying }: Question): string | null {
  const { state, reason, kind, reference, stoppedBy } = turn
  const { standing, removed, isMissing } = postsOf(scene, turn)
  const isAbout = (one: Standing) => namedIn(one).includes(id)

  if (state === 'running' || state === 'paused') return null
  if (state === 'silent') {
    if (reason === 'taken back') return deleted ? 'taken back' : null
    return reason === 'too many in a row' && !scene.lists ? 'met with silence' : null
  }
  if (reason === 'too many in a row') return scene.lists ? null : 'told that we rest'
  if (removed.length) return 'answered, and a person deleted that'
  if (!standing.length) return isMissing ? 'may be missing, and the receipt says so' : null
  if (kind === 'forget') return standing.some(({ isForgotten }) => isForgotten) ? 'forgotten' : null
  if (state === 'failed' || state === 'parked') {
    return standing.some((one) => one.reference === reference) ? 'told so honestly' : null
  }
  if (standing.some(isAbout))
    return standing.some((one) => one.asksFor.length) ? 'asked back' : 'answered'
  if (state === 'stopped' && standing.some(({ isStopped }) => isStopped)) return 'stopped'
  if (saying.kind === 'stop' && stoppedBy) return 'stop came too late'
  return deleted ? 'left out, since it was deleted' : null
}

/** Every turn has one end that is whole. */
function judgeTurns(scene: Scene, book: Book) {
  for (const turn of scene.turns) {
    const { state, kind, messages, crashes } = turn
    const { standing, removed, isMissing } = postsOf(scene, turn)
    book.count(`turns ${state}${kind === 'talk' ? '' : ` (${kind})`}`)
    book.count('crashes survived', crashes)
    if (!messages.length && !standing.some(({ isLate }) => isLate) && !removed.length) {
      book.find('lost', scene.room, `what was to be told of itself: ${inShort(turn)}`)
    }

    const parts = standing.flatMap(({ parts }) => parts)
    const others = standing.filter((one) => !one.parts.length && one.text)
    if (state !== 'replied' && others.length === 1 && parts.length) {
      book.count('broken off with an honest sentence')
    } else if (others.length + (parts.length ? 1 : 0) > 1) {
      book.find('left double', scene.room, `${inShort(turn)} ${wordsOf(scene, turn)}`)
    }
    for (const gone of removed) {
      const on = goingOn(turn, standing, gone)
      if (on && isTooLate(scene, on, gone)) {
        book.count('told anew after a minute, as a person deleted the draft')
      } else if (on) {
        const what = `${inShort(turn)}: ${on.id}, though a person had deleted ${gone.id}`
        book.find('left double', scene.room, what)
      }
    }
    // What was stopped when all was said stands whole, and what was stopped before says that it was.
    const isWhole = state === 'replied' || (state === 'stopped' && !others.length)
    const isCut = standing.some(({ isStopped }) => isStopped) || removed.length > 0 || isMissing
    if (isWhole && !isCut) judgeWhole(scene, { turn, standing }, book)
  }
}

/** Nobody has read the room between the removal of the draft and what was sent in its place. */
function isTooLate({ removed, sentIn, listedIn }: Scene, on: Standing, gone: Removed) {
  const sent = sentIn.get(on.id) ?? 0
  return removed.includes(gone) && !listedIn.some((at) => at > gone.at && at < sent)
}

/** What says it again or, once it is known that a person deleted it, goes on with it. */
function goingOn({ replies }: Turn, standing: Standing[], gone: Removed) {
  const isKnown = replies.some(({ message, state }) => message === gone.id && state === 'gone')
  const said = new Set(gone.parts.map(({ name, part }) => `${name} ${part}`))
  return standing.find(({ id, parts }) => {
    const isAgain = parts.some(({ name, part }) => said.has(`${name} ${part}`))
    return isAgain || (isKnown && id > gone.through)
  })
}

function judgeWhole({ room }: Scene, { turn, standing }: Whole, book: Book) {
  const parts = standing.flatMap(({ parts }) => parts)
  for (const { name, of } of new Map(parts.map((part) => [part.name, part])).values()) {
    // As people read them, from the top.
    const there = [...new Set(parts.filter((part) => part.name === name).map(({ part }) => part))]
    if (there.length === of && there.every((part, at) => part === at + 1)) continue
    const what = there.join(' ')
    book.find('torn', room, `answer to ${name}: ${what} of ${of}, ${inShort(turn)}`)
  }
  for (const { id, isDraft, isCut, text } of standing) {
    if (isDraft || isCut) book.find('torn', room, `message ${id} ends with ${text.slice(-30)}`)
  }
}

interface Whole {
  turn: Turn
  standing: Standing[]
}

/** Nothing stands that no turn knows of, and no answer twice. */
function judgePosts({ room, turns, standing, lists }: Scene, book: Book) {
  const known = new Set(turns.flatMap(({ replies }) => replies.map(({ message }) => message)))
  // One that was given up after ten deaths may have got its sentence out, and nobody can ask.
  const references = new Set(lists ? [] : turns.map(({ reference }) => reference))
  const isInDoubt = (state: string) => state === 'doubtful' || state === 'lost'
  const doubtful = turns.filter(({ replies }) => replies.some(({ state }) => isInDoubt(state)))
  const textOf = new Map(standing.map(({ id, text }) => [id, text]))
  const mayStandTwice = (ids: number[], text?: string) =>
    !lists &&
    doubtful.some(({ messages, replies }) => {
      const isSame = replies.some(({ message }) => text && textOf.get(message ?? 0) === text)
      return isSame || ids.some((id) => messages.includes(id))
    })

  for (const one of standing) {
    const isTwice = mayStandTwice(namedIn(one), one.text)
    if (one.isCampfires) book.find("Campfire's own words left standing", room, `message ${one.id}`)
    else if (known.has(one.id) || references.has(one.reference ?? '') || one.note) continue
    else if (isTwice) book.count('stands twice, and the receipt says that it may')
    else book.find('orphans', room, `message ${one.id}: ${one.text.slice(0, 60)}`)
  }

  const parts = standing.flatMap(({ parts }) => parts)
  for (const [name, times] of countsOf(parts.map(({ name, part }) => `${name} part ${part}`))) {
    if (times === 1 || mayStandTwice([Number.parseInt(name, 10)])) continue
    book.find('left double', room, `answer to ${name} stands ${times} times`)
  }
  for (const id of new Set(parts.flatMap(({ ids }) => ids))) {
    const names = new Set(parts.filter(({ ids }) => ids.includes(id)).map(({ name }) => name))
    if (names.size > 1 && !mayStandTwice([id])) {
      book.find('left double', room, `answers to ${[...names].join(' and to ')}`)
    }
  }
}

function postsOf({ standing, removed, lists }: Scene, { replies, reference }: Turn) {
  const ids = replies.map(({ message }) => message)
  const isUnknown = replies.some(({ message, state }) => {
    return state === 'missing' || (state === 'doubtful' && message === null)
  })
  return {
    standing: standing.filter((one) => ids.includes(one.id) || one.reference === reference),
    removed: removed.filter(({ id }) => ids.includes(id)),
    /** It was sent, and nobody can say whether it stands. */
    isMissing: isUnknown && !lists,
  }
}

function postsIn(world: World, room: number) {
  const standing = world.campfire.postsOf(world.bot, room).map(standingOf)
  // Where answers grow it is the beginning of one, and nothing of it may be left.
  return canList(world) ? standing : standing.filter(({ isProgress }) => !isProgress)
}

function questionsIn({ deliveries }: World, room: number) {
  return [...deliveries.questions.values()].filter((question) => question.room === room)
}

function canList({ dialect }: World) {
  return dialect !== 'v1.4.9'
}

function wordsOf(scene: Scene, turn: Turn) {
  const { standing } = postsOf(scene, turn)
  return standing.map(({ id, text }) => `${id} "${text.slice(0, 60)}"`).join(', ')
}

function inShort(turn: Turn | undefined) {
  if (!turn) return 'no turn'
  const { reference, kind, state, reason, error, crashes, replies } = turn
  const ends = replies.map(({ message, state }) => `${message} ${state}`).join(', ')
  const why = [reason, error].filter(Boolean).join(', ')
  return `${reference} ${kind} ${state} (${why}; ${crashes} crashes; ${ends || 'no reply'})`
}
