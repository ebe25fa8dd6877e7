import { linkTo } from '../address.ts'
import { visible } from '../campfire.ts'
import { timeOf, zoneNamed } from '../clock.ts'
import type { PersonFact } from '../tables/person/facts.ts'
import { type Pin, Pins } from '../tables/room/pins.ts'
import type { Tables } from '../tables.ts'
import { asWords, attribute } from './tags.ts'

/** What is always said of the room, as the model reads it from here on. Null: nothing is. */
export function roomMemory(tables: RoomMemoryNeeds): string | null {
  const all = new Pins(tables.sql).all()
  const lines = all
    .filter(({ always }) => always)
    .map((pin) => `${pin.number}. ${said(tables, pin)}`)
  const more = lines.length < all.length ? [MORE] : []
  return all.length ? [...lines, ...more].join('\n') : null
}

type RoomMemoryNeeds = Pick<Tables, 'sql' | 'people' | 'place' | 'service'>

const MORE = 'More is remembered of this room than is said here: memory, with recall.'

/** On somebody's word, and whose it is: nobody's name makes a fact of it. */
function said({ people, place, service }: RoomMemoryNeeds, { author, fact, at, message }: Pin) {
  const name = visible(people.nameOf(author) ?? 'Somebody').replace(/\s+/g, ' ')
  const link = message === null ? '' : `, ${linkTo(service.address, place.room, message)}`
  return `${name} said: ${fact} (${dayOf(at)}${link})`
}

function dayOf(at: number) {
  return new Date(at).toISOString().slice(0, 10)
}

/** Characters: it is read with every step of the turn. */
const MOST = 6_000

/**
 * What the asker has asked to be remembered of themselves, behind their own message and until their turn is
 * over. Null: there is nothing that may be used here. `at`: when it began, the same in each of its steps.
 */
export function aboutAsker(
  { id, name, at }: { id: number; name: string; at: number },
  facts: PersonFact[],
  isAlone: boolean,
): string | null {
  if (!facts.length) return null
  const lines = facts.toSorted(byKind).map((fact) => inWords(fact, at))
  const shown = within(MOST, lines)
  const more = lines.length - shown.length
  return [
    `<person id="${id}" name="${attribute(name)}">`,
    `What ${attribute(name)} has told you about themselves, for your answers to them alone. Use it where it helps, and tell it to nobody else.`,
    ...shown,
    ...(more ? [`${more} more are kept: memory, with recall, in a direct conversation.`] : []),
    ...(isAlone ? [] : [`Asked here what you know about them, ${ELSEWHERE}`]),
    '</person>',
  ].join('\n')
}

const ELSEWHERE = 'say that you answer that in a direct conversation with you.'

/** What holds for every answer comes first; then what was told last. */
function byKind(one: PersonFact, other: PersonFact) {
  const [first, second] = [one, other].map(({ kind }) => (kind === 'fact' ? 1 : 0))
  return Number(first) - Number(second) || other.number - one.number
}

function inWords({ number, kind, words }: PersonFact, at: number) {
  const clock = kind === 'zone' ? clockThere(words, at) : ''
  return `${number}. ${kind === 'fact' ? '' : `${NAMES[kind]}: `}${asWords(words)}${clock}`
}

/** What "in two hours" is reckoned from, where their clock is another than ours. */
function clockThere(zone: string, at: number) {
  return zoneNamed(zone) ? ` (it was ${timeOf(at, zone)} there when they asked)` : ''
}

const NAMES = { language: 'language', zone: 'time zone', style: 'how they like answers' }

function within(most: number, lines: string[]) {
  let left = most
  const end = lines.findIndex((line) => {
    left -= line.length + 1
    return left < 0
  })
  return end < 0 ? lines : lines.slice(0, end)
}
