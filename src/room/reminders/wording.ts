import { closed, namingOnly, quiet } from '../../campfire.ts'
import { DAY, HOUR, MINUTE } from '../../clock.ts'
import { type Sentences, sentencesFor } from '../../sentences.ts'
import type { Reminder } from '../../tables/room/reminders/to-come.ts'
import { roomIn, type Tables } from '../../tables.ts'

/** Nobody minds. */
const ON_TIME = MINUTE

interface Due {
  due: number
  /** So many times before it went by. */
  missed: number
}

/** What the room reads when a reminder is due; its number stands in it, so that whoever quotes it names it. */
export function wordsOf(tables: Tables, reminder: Reminder, due: Due) {
  return worded(tables, reminder, { ...due, text: closed(textOf(tables, reminder)) })
}

/** The same, where what it says is not taken. */
export function wordlessOf(tables: Tables, reminder: Reminder, due: Due) {
  const { refused } = sentencesFor(reminder.language).reminder
  return worded(tables, reminder, { ...due, text: refused })
}

function worded(tables: Tables, reminder: Reminder, { due, missed, text }: Due & { text: string }) {
  const { people, now } = tables
  const { whom, asker, number, language } = reminder
  const sentences = sentencesFor(language)
  const { reminder: words } = sentences
  const late = now() - due
  const by = whom === asker ? null : people.nameOf(asker)
  const foot = [
    words.foot(number, by && quiet(by)),
    ...(late >= ON_TIME ? [words.late(spanOf(late, sentences))] : []),
    ...(missed > 0 ? [words.missed(missed, numeral(missed, sentences))] : []),
  ].join(sentences.language === 'ja' || sentences.language === 'zh' ? '' : ' ')
  return `⏰ ${toWhom(tables, reminder)}${text}\n\n*${foot}*`
}

/** Whoever is reminded is rung, and nobody else whom the words may name. */
function textOf({ people }: Tables, { text }: Reminder) {
  const bare = namingOnly(text, new Set(), people.named())
  // What begins with a list, a heading or a fence is to be one.
  return /^(?:[-+*#>`~|]|\d+[.)])/.test(bare) || bare.includes('\n') ? `\n\n${bare}` : bare
}

/** In a direct everyone is told of each message. */
function toWhom(tables: Tables, { whom }: Reminder) {
  const { people } = tables
  const name = whom === null || roomIn(tables).direct ? null : people.nameOf(whom)
  if (whom === null || name === null) return ''
  return people.canBeMentioned(whom) ? `@${name} ` : `**${quiet(name)}** `
}

/** The greatest unit of which there is at least one and a half: "90 minutes", "25 hours", "2 days". */
function spanOf(ms: number, { locale }: Sentences) {
  const units = [
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
  ] as const
  const [unit, length] = units.find(([, length]) => ms >= 1.5 * length) ?? ['minute', MINUTE]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.round(ms / length),
  )
}

function numeral(count: number, { locale }: Sentences) {
  return new Intl.NumberFormat(locale).format(count)
}
