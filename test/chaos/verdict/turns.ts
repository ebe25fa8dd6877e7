import type { Book } from '../book.ts'
import type { Removed } from '../crowd.ts'
import type { Standing } from '../standing.ts'
import { isAcross, isLostWithAnswer } from './restored.ts'
import { inShort, postsOf, type Scene, type Turn, wordsOf } from './scene.ts'

/** Every turn has one end that is whole. */
export function judgeTurns(scene: Scene, book: Book) {
  for (const turn of scene.turns) {
    const { state, kind, messages, crashes } = turn
    const { standing, removed, isMissing } = postsOf(scene, turn)
    book.count(`turns ${state}${kind === 'talk' ? '' : ` (${kind})`}`)
    book.count('crashes survived', crashes)
    if (
      !messages.length &&
      !standing.some(({ isLate }) => isLate) &&
      !removed.length &&
      !isLostWithAnswer(scene, turn)
    ) {
      book.find('lost', scene.room, `what was to be told of itself: ${inShort(turn)}`)
    }

    const parts = standing.flatMap(({ parts }) => parts)
    const others = standing.filter(
      (one) => !one.parts.length && one.text && !isPreface(one, standing),
    )
    if (state !== 'replied' && others.length === 1 && parts.length) {
      book.count('broken off with an honest sentence')
    } else if (parts.length && others.length === 1 && tellsDoubt(turn, others[0])) {
      book.count('stands, or not all of it, and a sentence says that nobody knows')
    } else if (!parts.length && isRepeated(scene, turn, others)) {
      book.count('stands twice, and the receipt says that it may')
    } else if (others.length + (parts.length ? 1 : 0) > 1 && !isAcross(scene, turn)) {
      book.find('left double', scene.room, `${inShort(turn)} ${wordsOf(scene, turn)}`)
    }
    for (const gone of removed) {
      const on = goingOn(turn, standing, gone)
      if (on && isTooLate(scene, on, gone)) {
        book.count('told below, as a person deleted the draft')
      } else if (on) {
        const what = `${inShort(turn)}: ${on.id}, though a person had deleted ${gone.id}`
        book.find('left double', scene.room, what)
      }
    }
    // What was stopped when all was said stands whole, and what was stopped before says that it was.
    const isWhole = state === 'replied' || (state === 'stopped' && !others.length)
    const isLost = removed.length > 0 || isMissing || isLostWithAnswer(scene, turn)
    const isCut = standing.some(({ isStopped }) => isStopped) || isLost
    if (isWhole && !isCut) judgeWhole(scene, { turn, standing }, book)
  }
}

/** Also to a request whose words were forgotten: that says only what became of it, and no more for whom it was. */
function isPreface({ id, isPreface, looksInto }: Standing, ofTurn: Standing[]) {
  return isPreface || (looksInto.length > 0 && ofTurn.some((one) => one.outcome && one.id > id))
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

interface Whole {
  turn: Turn
  standing: Standing[]
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

function tellsDoubt({ replies, reference }: Turn, sentence: Standing | undefined) {
  const isUnknown = replies.some(({ state }) => state === 'doubtful' || state === 'missing')
  return isUnknown && sentence?.reference === reference
}

/** The same words, sent once more where nobody could ask whether they stand. */
function isRepeated({ lists }: Scene, { replies }: Turn, others: Standing[]) {
  const isDoubtful = replies.some(({ state }) => state === 'doubtful')
  return !lists && isDoubtful && others.length === 2 && others[0]?.text === others[1]?.text
}
