import { timeOf } from '../clock.ts'
import type { StoredFile } from '../tables/room/files.ts'
import type { Message } from '../tables/room/message.ts'
import { NOTICES } from './notices.ts'
import { ownWordsBefore } from './pointed.ts'
import { newestWithin, type Remark } from './remarks.ts'
import { attribute, messageTag } from './tags.ts'
import { givenTag } from './turn-prompt/given.ts'
import { hintsFor } from './turn-prompt/hints.ts'

/** Answers that stand in a row do not show whose they are. */
function rowHint({ messages, context, hasWaited = false }: Heard) {
  const others = context.some(({ waits, bot }) => waits && !bot)
  const [first] = messages
  return first && (hasWaited || others)
    ? [
        `<hint>Several people wait for an answer here. Begin yours with the name ${attribute(first.name)}, so that everyone sees whose it is.</hint>`,
      ]
    : []
}

interface Whereabouts {
  room: string | null
  direct: boolean
  /** What the bot is called there. */
  called?: string
  /** Where the room's clock is. */
  timeZone?: string
  /** Names that can be mentioned, and those that several people bear. */
  mentionable?: string[]
  ambiguous?: string[]
}

interface Heard {
  asker: { id: number }
  messages: Message[]
  context: Remark[]
  /** What they ask by pointing at it: see pointed.ts. */
  pointed?: Remark[]
  /** What was read in an earlier turn and has been reworded since. */
  edited?: Remark[]
  /** More was said than is known. */
  more?: boolean
  /** Nothing can be listed: what was said to others is not known. */
  isBlind?: boolean
  /** Somebody else was answered first. */
  hasWaited?: boolean
  /** Files that came with it. */
  given?: StoredFile[]
}

/** What the model reads of a turn: who asked what, what was said meanwhile, and when and where. */
export function turnPrompt(heard: Heard, place: Whereabouts, now: number) {
  const { timeZone = 'UTC' } = place
  const { messages, pointed = [], given = [] } = heard
  const said = messages.filter(({ dropped }) => !dropped)
  const longest = Math.floor(MOST_ASKED / Math.max(1, said.length + pointed.length))
  const asked = [...pointed, ...said].map((one) => messageTag(one, { longest, timeZone }))
  return [
    ...editedTag(heard, timeZone),
    ...contextTag(heard, timeZone),
    ...(asked.length ? ['<asked>', ...asked, '</asked>'] : []),
    ...givenTag(given, messages),
    ...hintsFor({ ...heard, messages: said, pointed }),
    ...rowHint(heard),
    ...peopleTag(place),
    nowTag(place, now),
  ].join('\n')
}

function nowTag(place: Whereabouts, now: number) {
  const { timeZone = 'UTC' } = place
  const zone = timeZone === 'UTC' ? '' : ` (${timeZone})`
  return `<now>${timeOf(now, timeZone)}${zone}, ${placeName(place)}${nameTag(place)}</now>`
}

/** What was read by a turn that came to nothing, as it was read, behind what was said since. */
export function againPrompt(
  { prompt, did }: { prompt: string; did: string[] },
  heard: Heard,
  place: Whereabouts,
  now: number,
) {
  const { timeZone = 'UTC' } = place
  return [
    ...editedTag(heard, timeZone),
    ...contextTag(heard, timeZone),
    prompt,
    `<hint>${NOTICES.again}${did.length ? ` ${NOTICES.didBefore} ${did.join(', ')}.` : ''}</hint>`,
    nowTag(place, now),
  ].join('\n')
}

/** Nobody is named as the one who did it: an administrator may edit what others said. */
function editedTag({ edited = [] }: Pick<Heard, 'edited'>, timeZone: string) {
  const tags = edited.map((one) =>
    messageTag({ ...one, edited: true }, { longest: EDITED_LENGTH, timeZone }),
  )
  const newest = newestWithin(EDITED_TOKENS, tags)
  return newest.length ? ['<edited>', ...newest, '</edited>'] : []
}

/** Of what others said so much as fits; what the asker has said just before is what they ask about, and whole. */
function contextTag({ asker, context, messages, more }: Heard, timeZone: string) {
  const own = new Set(ownWordsBefore(context, { asker: asker.id, messages }))
  const longest = Math.max(CONTEXT_LENGTH, Math.floor(MOST_OWN / own.size))
  const all = context.map((one) => ({
    isOwn: own.has(one),
    tag: messageTag(one, {
      longest: own.has(one) ? longest : CONTEXT_LENGTH,
      timeZone,
      asker: asker.id,
    }),
  }))
  const others = all.filter(({ isOwn }) => !isOwn).map(({ tag }) => tag)
  const left = others.length - newestWithin(CONTEXT_TOKENS, others).length
  const old = new Set(others.slice(0, left))
  const shown = all.filter(({ isOwn, tag }) => isOwn || !old.has(tag))
  if (!all.length) return []
  const isCut = more || left > 0
  return [
    isCut ? '<context older="left out">' : '<context>',
    ...shown.map(({ tag }) => tag),
    '</context>',
  ]
}

function peopleTag({ mentionable = [], ambiguous = [] }: Whereabouts) {
  const names = (all: string[]) =>
    all
      .filter((name) => name.length <= LONGEST_NAME)
      .slice(0, MOST_NAMES)
      .map((name) => `@${attribute(name)}`)
      .join(', ')
  const [can, cannot] = [names(mentionable), names(ambiguous)]
  const said = [
    ...(can ? [`You can mention ${can}.`] : []),
    ...(cannot ? [`Several people bear these names, so ask who is meant: ${cannot}.`] : []),
  ]
  return said.length ? [`<people>${said.join(' ')}</people>`] : []
}

const LONGEST_NAME = 60
const MOST_NAMES = 50

/** What the asker has said while the turn was running. */
export function morePrompt(messages: Message[], now: number, timeZone = 'UTC') {
  const longest = Math.floor(MOST_ASKED / messages.length)
  return [
    '<asked while="you were working">',
    ...messages.map((one) => messageTag(one, { longest, timeZone })),
    '</asked>',
    ...hintsFor({ messages: messages.filter(({ file }) => file) }),
    `<now>${timeOf(now, timeZone)}</now>`,
  ].join('\n')
}

/** What was asked has changed before anything was said to it. */
export function changedPrompt(
  { edited, gone, reworded = [] }: { edited: Remark[]; gone: number[]; reworded?: Remark[] },
  now: number,
  timeZone = 'UTC',
) {
  const before = editedTag({ edited: reworded }, timeZone)
  if (!edited.length && !gone.length)
    return [...before, `<hint>${NOTICES.changedBefore}</hint>`].join('\n')
  return [
    ...before,
    '<asked edited="while you were working">',
    ...edited.map((one) => messageTag(one, { longest: MOST_ASKED / edited.length, timeZone })),
    ...gone.map((id) => `<message id="${id}" deleted="yes"></message>`),
    '</asked>',
    '<hint>Nothing of your answer was posted. Answer this wording, and do not mention the one before.</hint>',
    ...(edited.some(({ text }) => text.length < ONE_WORD)
      ? [`<hint>${NOTICES.editsDecideNothing}</hint>`]
      : []),
    `<now>${timeOf(now, timeZone)}</now>`,
  ].join('\n')
}

/** A yes and a word to us are shorter. */
const ONE_WORD = 60

const CONTEXT_TOKENS = 3_000
const CONTEXT_LENGTH = 1_000
const EDITED_TOKENS = 3_000
const EDITED_LENGTH = 4_000
/** Characters of what the asker has said just before, shared among those messages. */
const MOST_OWN = 100_000
/** Characters of the asker, shared among the messages: a row of SQLite takes 2 MB, and no more. */
const MOST_ASKED = 400_000

function placeName({ room, direct }: Whereabouts) {
  if (direct) return 'a direct conversation'
  return room ? `room "${attribute(room)}"` : 'a room'
}

/** Here, in the part that changes: whoever renames the bot changes nothing of what stands before it. */
function nameTag({ called }: Whereabouts) {
  return called ? `, where you are the bot "${attribute(called)}"` : ''
}
