import { quiet } from '../../campfire.ts'
import type { Item } from '../../tables/room/lists.ts'
import type { ToolContext } from '../context.ts'
import { SHOWN } from './shown-words.ts'
import { today } from './told.ts'

/** In bytes: it fits into one message, and into what a phone is told of it. */
const LONGEST = 2_400
const LONGEST_TEXT = 140
const LONGEST_NOTES = 60

interface ToShow {
  title: string
  items: Item[]
  /** How many more are done. */
  done: number
}

type Named = (person: number) => string | null

/** The list as people see it, in short, and how many of its items were too many. */
export function messageOf({ title, items, done }: ToShow, context: ToolContext, named: Named) {
  const words = SHOWN[context.asker.language]
  const lines = items.map((item) => lineOf(item, context, named))
  const fitting = lines.slice(0, countWithin(lines, LONGEST))
  const more = lines.length - fitting.length
  const foot = [more && words.more(more), done && words.done(done)].filter(Boolean).join(' · ')
  const body = [
    `**${quiet(title)}**`,
    fitting.join('\n') || words.nothing,
    ...(foot ? [`*${foot}*`] : []),
  ].join('\n\n')
  return { body, more }
}

/** Each by the chip that Campfire shows of them, where it is known. */
export function asChips({ people, ...context }: ToolContext): Named {
  const named = asNames(context)
  return (person) => {
    const name = context.nameOf(person)
    const isChip = name !== null && PLAIN.test(name) && people.canBeMentioned(person)
    return isChip ? `@${name}` : named(person)
  }
}

/** What is markup in a name would part it. */
const PLAIN = /^[\p{L}\p{M}\p{N} .'’-]+$/u

export function asNames({ nameOf }: Pick<ToolContext, 'nameOf'>): Named {
  return (person) => {
    const name = nameOf(person)
    return name === null ? null : quiet(name)
  }
}

function lineOf(item: Item, context: ToolContext, named: Named) {
  const { number, text, notes, assignee, due, done_at: done } = item
  const words = quiet(text, LONGEST_TEXT)
  const name = assignee === null ? null : named(assignee)
  const parts = [
    done === null ? `**${number}** ${words}` : `**${number}** ✓ ~~${words}~~`,
    ...(notes ? [`*${quiet(notes, LONGEST_NOTES)}*`] : []),
    ...(name ? [name] : []),
    ...(due && done === null ? [SHOWN[context.asker.language].due(dayOf(due, context))] : []),
  ]
  return `- ${parts.join(' · ')}`
}

/** As "Fri, Dec 4", and with its year where that is another. */
function dayOf(due: string, context: ToolContext) {
  const year = due.slice(0, 4) === today(context).slice(0, 4) ? {} : { year: 'numeric' as const }
  const format = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  const day = new Intl.DateTimeFormat(context.asker.language, { ...format, ...year })
  return quiet(day.format(Date.parse(`${due}T00:00:00Z`)))
}

function countWithin(lines: string[], most: number) {
  const encoder = new TextEncoder()
  let bytes = 0
  const first = lines.findIndex((line) => {
    bytes += encoder.encode(line).length
    return bytes > most
  })
  return first === -1 ? lines.length : first
}
