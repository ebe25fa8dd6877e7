import { type Book, countsOf } from '../book.ts'
import { namedIn, type Standing } from '../standing.ts'
import { isGivenTwice } from './restored.ts'
import { isBy, type Scene } from './scene.ts'

/** Nothing stands that no turn knows of, and no answer twice. */
export function judgePosts(scene: Scene, book: Book) {
  const { room, turns, standing, lists } = scene
  const isKnown = (one: Standing) => turns.some((turn) => isBy(scene, turn, one))
  // One that was given up after ten deaths may have got its sentence out, and nobody can ask.
  const references = new Set(lists ? [] : turns.map(({ reference }) => reference))
  const mayStandTwice = doubtIn(scene)
  // Whose beginnings are too short to say whose they are.
  let mayStand = lists ? 0 : unplacedIn(scene)

  for (const one of standing) {
    const isTwice = mayStandTwice(namedIn(one), one.text)
    if (one.isCampfires && !lists) book.count("Campfire's own words, where nothing can be deleted")
    else if (one.isCampfires)
      book.find("Campfire's own words left standing", room, `message ${one.id}`)
    else if (isKnown(one) || references.has(one.reference ?? '') || one.note) continue
    else if (namedIn(one).some((id) => isGivenTwice(scene, id))) book.count(TWICE)
    else if (isTwice) book.count('stands twice, and the receipt says that it may')
    else if (!namedIn(one).length && mayStand-- > 0)
      book.count('stands, and the receipt says that it may')
    else book.find('orphans', room, `message ${one.id}: ${one.text.slice(0, 60)}`)
  }

  const parts = standing.flatMap(({ parts }) => parts)
  for (const [name, times] of countsOf(parts.map(({ name, part }) => `${name} part ${part}`))) {
    const ids = name.split(', ').map((id) => Number.parseInt(id, 10))
    if (times === 1 || mayStandTwice(ids)) continue
    if (ids.some((id) => isGivenTwice(scene, id))) book.count(TWICE)
    else book.find('left double', room, `answer to ${name} stands ${times} times`)
  }
  for (const id of new Set(parts.flatMap(({ ids }) => ids))) {
    const names = new Set(parts.filter(({ ids }) => ids.includes(id)).map(({ name }) => name))
    if (names.size > 1 && !mayStandTwice([id]) && !isGivenTwice(scene, id)) {
      book.find('left double', room, `answers to ${[...names].join(' and to ')}`)
    }
  }
}

/** Sent, and never answered: nobody knows under which number it stands, or whether. */
function unplacedIn({ turns }: Scene) {
  return turns
    .flatMap(({ replies }) => replies)
    .filter(({ message, state }) => message === null && state === 'doubtful').length
}

const TWICE = 'two answers to one number that was given twice'

/** Whether what answers these, or says just this, is said in a receipt to stand twice, where nobody can ask. */
function doubtIn({ lists, turns, standing, world: { restored } }: Scene) {
  const isInDoubt = (state: string) => state === 'doubtful' || state === 'lost'
  const doubtful = turns.filter(({ replies }) => replies.some(({ state }) => isInDoubt(state)))
  const all = [...(restored?.posts ?? []), ...standing]
  const textOf = new Map(all.map(({ id, text }) => [id, text]))
  return (ids: number[], text?: string) =>
    !lists &&
    doubtful.some(({ messages, replies }) => {
      const isSame = replies.some(({ message }) => text && textOf.get(message ?? 0) === text)
      return isSame || ids.some((id) => messages.includes(id))
    })
}
