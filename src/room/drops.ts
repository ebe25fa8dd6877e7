import { log } from '../log.ts'
import type { Ticket } from '../runtime.ts'
import type { Content, Full } from '../tables/room/files.ts'
import { roomIn, type Tables } from '../tables.ts'
import { languageFor } from '../turn.ts'

/** So many come through one link. */
const MOST_AT_ONCE = 8

/** open  until its asker speaks again, or something has come through it. */
export type LinkState = 'open' | 'used' | 'over'
export type Refused = Exclude<LinkState, 'open'> | Full | 'broken'

/** What a person is told who has followed a link. */
export interface OpenLink {
  state: LinkState
  asker: string
  room: string | null
  language: string
}

interface ToCome {
  name: string
  bytes: number
}

/** Whose it is, and whether something may still come through it. */
export function linkFor(tables: Tables, ticket: Ticket): OpenLink {
  const turn = tables.turns.find(ticket.turn)
  return {
    state: stateOf(tables, ticket),
    asker: turn?.asker_name ?? '',
    room: roomIn(tables).name,
    language: languageFor(tables, ticket.asker, turn?.prompt ?? null),
  }
}

/** The files are to come in chunks. Nobody sees anything of them before all of them are here. */
export function beginDrop(
  tables: Tables,
  ticket: Ticket,
  toCome: ToCome[],
): { numbers: number[] } | { refused: Refused } {
  const { files, now } = tables
  const state = stateOf(tables, ticket)
  if (state !== 'open') return { refused: state }
  if (!toCome.length || toCome.length > MOST_AT_ONCE) return { refused: 'broken' }

  const { asker: author, turn } = ticket
  files.dropComing(turn)
  const numbers: number[] = []
  for (const { name, bytes } of toCome) {
    const file = { name, author, origin: 'dropped' as const, at: now(), message: null, turn }
    const number = files.begin(file, bytes)
    if (typeof number !== 'number') {
      abandonDrop(tables, numbers)
      return { refused: number.full }
    }
    numbers.push(number)
  }
  return { numbers }
}

export function abandonDrop({ files }: Tables, numbers: number[]) {
  for (const number of numbers) if (!files.find(number)) files.remove(number)
}

/** From here on they are there, and a message without words says so: one commit. */
export async function finishDrop(
  tables: Tables,
  ticket: Ticket,
  numbers: number[],
): Promise<'done' | Refused> {
  const { files, inbox, turns, place, now } = tables
  const contents: (Content | null)[] = []
  for (const number of numbers) contents.push(await files.contentOf(number))

  // Somebody else may have been faster, or begun anew, or the asker has spoken: no `await` from here on.
  const whole = contents.filter((content) => content !== null)
  const state = stateOf(tables, ticket)
  const isStillThere = numbers.every((number) => files.isComing(number))
  const isWhole = isStillThere && whole.length === numbers.length && whole.length > 0
  if (state !== 'open' || !isWhole) {
    abandonDrop(tables, numbers)
    return state === 'open' ? 'broken' : state
  }
  for (const [index, content] of whole.entries()) files.keep(numbers[index] ?? 0, content)
  const names = numbers.flatMap((number) => files.find(number)?.name ?? [])
  const name = turns.find(ticket.turn)?.asker_name ?? ''
  const drop = { author: ticket.asker, name, file: names.join(', '), dropped: numbers }
  inbox.addDrop(drop, now())
  log.info('files.dropped', { room: place.room, bot: place.bot, count: numbers.length })
  return 'done'
}

/** One link is good for once, and until its asker goes on: by then it is not known what a file would be about. */
function stateOf({ turns, inbox, service, place, now }: Tables, ticket: Ticket): LinkState {
  const turn = turns.find(ticket.turn)
  const isHere = ticket.room === place.room && ticket.bot === place.bot && service.isServed
  if (!isHere || !turn || turn.asker !== ticket.asker || ticket.until <= now()) return 'over'
  const arrival = turns.takenThrough(turn.id)
  const since = inbox.received.firstSince(ticket.asker, { arrival, turn: turn.id })
  if (since === null) return 'open'
  return since === 'files' ? 'used' : 'over'
}
