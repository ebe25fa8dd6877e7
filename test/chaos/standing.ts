import { SENTENCES } from '../../src/sentences.ts'
import { PEOPLE } from './plan.ts'

/** What a message of the bot is, as anybody can read. */
export interface Standing {
  id: number
  text: string
  /** Each paragraph of an answer says what it answers, and which of how many it is. */
  parts: { name: string; ids: number[]; part: number; of: number }[]
  /** It asks for leave, for whom said these. */
  asksFor: number[]
  /** It says no more than that it looks into these: what it asks for stands in a message below. */
  looksInto: number[]
  /** That message is there, and names them as well. */
  isPreface: boolean
  /** The turn that ended with an honest sentence. */
  reference: string | null
  isStopped: boolean
  /** It says that the time for its turn is over. */
  isAtEnd: boolean
  /** Of a request whose words are forgotten it says only what became of it; `by` whom, where it is named. */
  outcome: Outcome | null
  isForgotten: boolean
  /** It says that a limit is used up: whose, and until when. */
  limit: string | null
  /** It says that the time was over before what others have reserved of a limit was free. */
  isTiedUp: boolean
  /** It tells whoever has said yes that the request goes on waiting. */
  isForYes: boolean
  /** Nobody has said yes within a day. */
  isLate: boolean
  /** Where nothing can be edited: it says that the answer takes longer. */
  isProgress: boolean
  /** Campfire's own, in the bot's name. */
  isCampfires: boolean
  /** Something is still to come of it. */
  isDraft: boolean
  /** It answers, and its last words are not those with which every paragraph ends. */
  isCut: boolean
  /** What a tool has posted. */
  note: string | null
}

const PART = /Answer to ([\d, ]+), part (\d+) of (\d+)\./g
const LEAVE = /Looking into ([\d, ]+)\.[\s\S]*May I /
const LEAVE_ALONE = /^May I post note-(\d+)\.txt /
const LIMIT = /^.* spending limit .*is used up until .*?(?=, so )/
const PROGRESS = [SENTENCES.working, SENTENCES.tryingAgain, SENTENCES.limit.waits]
const PREFACE = /^Looking into ([\d, ]+)\.$/

export function standingOf({ id, plain, file }: Post): Standing {
  const text = plain.trim()
  return {
    id,
    text,
    parts: [...text.matchAll(PART)].map(([, name = '', part, of]) => ({
      name,
      ids: idsIn(name),
      part: Number(part),
      of: Number(of),
    })),
    asksFor: idsIn((LEAVE.exec(text) ?? LEAVE_ALONE.exec(text))?.[1] ?? ''),
    looksInto: idsIn(PREFACE.exec(text)?.[1] ?? ''),
    isPreface: false,
    reference: /\((\d+-\d+-\d+)\)\.$/.exec(text)?.[1] ?? null,
    isStopped: text === SENTENCES.stopped || text.endsWith(SENTENCES.stoppedHere),
    isAtEnd: text.endsWith(SENTENCES.atEnd),
    outcome: OUTCOMES.get(text) ?? null,
    isForgotten: Object.values(SENTENCES.forgotten).includes(text),
    limit: LIMIT.exec(text)?.[0] ?? null,
    isTiedUp: text.endsWith(SENTENCES.limit.tiedUp),
    isForYes: text.endsWith(SENTENCES.limit.yesWaits),
    isLate: text.startsWith('Nobody said yes within a day, '),
    isProgress: PROGRESS.includes(text),
    isCampfires: text === 'Failed to respond within 7 seconds',
    isDraft: text.includes('…'),
    isCut: /Answer to [\d, ]+, part/.test(text) && !text.endsWith('nobody knows better.'),
    note: file?.startsWith('note-') ? file : null,
  }
}

interface Outcome {
  as: 'granted' | 'refused' | 'withdrawn'
  by: string | null
}

const { granted, refused, withdrawn } = SENTENCES.approval
// Nobody has us forget anything when a request has waited for a day: that one says what it had asked.
const OUTCOMES = new Map<string, Outcome>([
  [withdrawn, { as: 'withdrawn', by: null }],
  ...[null, ...PEOPLE].flatMap((by): [string, Outcome][] => [
    [granted(by), { as: 'granted', by }],
    [refused(by), { as: 'refused', by }],
  ]),
])

/** All posts of a room: a request that stands below an answer that has grown is for all that this one names. */
export function paired(all: Standing[]): Standing[] {
  const prefaceOf = ({ id, asksFor: [asked = 0] }: Standing) =>
    all.findLast((one) => one.id < id && one.looksInto.includes(asked))
  const pairs = new Map(
    all.flatMap((one) => {
      const preface = LEAVE_ALONE.test(one.text) ? prefaceOf(one) : undefined
      return preface ? [[one, preface] as const] : []
    }),
  )
  const prefaces = new Set(pairs.values())
  return all.map((one) => ({
    ...one,
    asksFor: pairs.get(one)?.looksInto ?? one.asksFor,
    isPreface: prefaces.has(one),
  }))
}

/** Whose messages it answers, or takes up. */
export function namedIn({ parts, asksFor }: Standing) {
  return [...parts.flatMap(({ ids }) => ids), ...asksFor]
}

function idsIn(name: string) {
  return name.split(', ').filter(Boolean).map(Number)
}

interface Post {
  id: number
  plain: string
  file: string | null
}
