import type { Question } from '../deliveries.ts'
import type { World } from '../world.ts'

/**
 * Whoever wanted it has said yes to it: when the request stood in the room, and before anything that takes
 * it back reached us, be it a no, a stop or other talk of theirs.
 */
export function hasLeave(world: World, room: number, note: { id: number; file: string }) {
  const about = Number(/\d+/.exec(note.file))
  const all = questionsOf(world).filter((question) => question.room === room)
  const asked = all.filter(({ id }) => id === about)
  const requests = [...(world.crowd.requests.get(about) ?? [])]
  // What was said before a backup came back, and what was sent after: their numbers tell nothing.
  const lost = new Set(world.restored?.questions)
  const isAfter = (yes: Question) =>
    note.id > yes.id || (lost.has(yes) && note.id > (world.restored?.last ?? 0))
  return asked.some(({ saying: { person } }) => {
    const theirs = all.filter(({ saying }) => saying.person === person)
    return requests.some((request) =>
      theirs.some((yes) => isLeave(yes, { request, isAfter, theirs })),
    )
  })
}

interface Around {
  request: number
  /** It was done after that was said. */
  isAfter: (yes: Question) => boolean
  theirs: Question[]
}

function isLeave(yes: Question, { request, isAfter, theirs }: Around) {
  if (yes.saying.kind !== 'yes' || yes.id <= request || !isAfter(yes)) return false
  return !theirs.some((other) => takesBack(other, { request, yes }))
}

/** It was with us before that yes was on its way. */
function takesBack(other: Question, { request, yes }: { request: number; yes: Question }) {
  const isBetween = other.id > request && other.id < yes.id && !other.deleted
  const isTalk = other.saying.kind !== 'yes' && other.saying.kind !== 'aside'
  return isBetween && isTalk && (other.acknowledged ?? Infinity) < (yes.sent ?? 0)
}

/** For whoever reads that there was none. */
export function leaveInShort(world: World, room: number, note: { id: number; file: string }) {
  const about = Number(/\d+/.exec(note.file))
  const said = questionsOf(world).filter((one) => one.room === room)
  const person = said.find(({ id }) => id === about)?.saying.person
  const theirs = said.filter((one) => one.saying.person === person)
  const words = theirs.map(({ id, saying, acknowledged, sent }) => {
    return `${id} ${saying.kind} ${sent ?? 0}-${acknowledged ?? 0}`
  })
  return `asked in ${[...(world.crowd.requests.get(about) ?? [])]}; ${words.join(', ')}`
}

function questionsOf({ deliveries, restored }: World) {
  return [...deliveries.questions.values(), ...(restored?.questions ?? [])]
}
