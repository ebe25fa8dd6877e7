import type { Bot } from '../bots.ts'
import { asRequestId } from '../model.ts'
import { SENTENCES, type Sentences } from '../sentences.ts'
import { answersIn } from '../tables/room/answers.ts'
import type { Step } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import { toolsIn, type WishAnswer } from './wording/tools.ts'
import { whyIn } from './wording/why.ts'

/** What there is to say of a turn that is over. Nobody's words are in it. */
export interface Receipt {
  row: Pick<TurnRow, 'kind' | 'state' | 'tier' | 'started' | 'ended' | 'crashes' | 'prompt'> &
    Partial<Pick<TurnRow, 'made' | 'reason' | 'worker' | 'bot' | 'bot_version' | 'asker_name'>>
  /** How many messages it answered. */
  messages: number
  /** Some of them were reworded before they were answered. */
  edited?: boolean
  steps: Step[]
  /** What people have said to its wishes, in their order. */
  answers?: WishAnswer[]
  /** What nobody could find out of its answer, or of a part of it. */
  doubt: Bot['unsure'] | 'may stand twice or be missing' | null
  /** Names the turn to the operator. */
  reference: string
}

/** Three short lines, in Markdown. */
export function receiptOf(receipt: Receipt, sentences: Sentences = SENTENCES) {
  const { row, steps, doubt, reference } = receipt
  const { why: say } = sentences
  const took = [
    secondsOf(row, sentences),
    ...spentOn(steps, sentences),
    ...(isAnswer(row.state) ? [] : [say.ends[row.state]]),
    ...versionsIn(row, sentences),
    row.crashes ? say.crashes(row.crashes, number(row.crashes, sentences)) : say.noCrashes,
    ...(doubt ? [say.doubts[doubt]] : []),
  ]
  return [
    [[say.why, whyIn(row, sentences)] as const, [say.read, readBy(receipt, sentences)] as const]
      .flatMap(([label, said]) => (said.length ? say.line(label, said) : []))
      .join(' '),
    say.line(say.tools, toolsIn(receipt, sentences)),
    say.line(say.took, took, reference),
  ].join('\n')
}

type State = TurnRow['state']

/** One that is not over is never asked about. */
function isAnswer(state: State): state is 'replied' | 'running' | 'paused' {
  return state === 'replied' || state === 'running' || state === 'paused'
}

function readBy({ row, messages, edited }: Receipt, sentences: Sentences) {
  const { why: say } = sentences
  if (row.kind === 'told' && whyIn(row, sentences).length) return []
  if (row.kind !== 'talk') return [say.word]
  const taken = say.messages(messages, number(messages, sentences))
  if (row.state === 'silent') return messages ? [taken] : []
  return [
    taken,
    ...(edited ? [say.edited] : []),
    contextOf(row.prompt, sentences),
    say.tiers[row.tier],
  ]
}

function contextOf(prompt: string | null, { why: say }: Sentences) {
  if (prompt === null) return say.forgotten
  return prompt.includes('<context') ? say.others : say.noOthers
}

function spentOn(steps: Step[], sentences: Sentences) {
  if (!steps.length) return []
  const { why: say } = sentences
  const usage = steps.map(({ usage }) => usage).filter((usage) => usage !== null)
  const cached = sum(usage.map((one) => one.cache_read_input_tokens ?? 0))
  const read = sum(usage.map((one) => one.input_tokens + (one.cache_creation_input_tokens ?? 0)))
  const written = sum(usage.map((one) => one.output_tokens))
  const models = [...new Set(answersIn(steps).map(({ model }) => model))]
  return [
    say.tokens({
      read: number(read + cached, sentences),
      cached: number(cached, sentences),
      written: number(written, sentences),
    }),
    ...missedIn(steps, sentences),
    costOf(steps, sentences),
    models.length ? say.models(models) : say.noModel,
    ...requestsIn(steps, sentences),
  ]
}

/** Why the prompt cache was not used, as the API tells it: each reason once. */
function missedIn(steps: Step[], { why: say }: Sentences) {
  const told = steps.flatMap(({ diagnostics }) => diagnostics?.cacheMiss?.reason ?? [])
  const known: Record<string, string> = say.misses
  const reasons = [...new Set(told)].map((one) => known[one] ?? `\`${one}\``)
  return reasons.map((one) => say.missed(one))
}

/** With which Worker it was made, and with which bot: as its file is, or by the number that an operator has saved. */
function versionsIn({ worker, bot, bot_version: saved }: Receipt['row'], { why: say }: Sentences) {
  if (!worker || !(saved || bot)) return []
  return [say.version(worker, saved ? `#${saved}` : String(bot))]
}

/** What the API calls the newest call that failed, and the newest answer: by these it is asked about them. */
function requestsIn(steps: Step[], { why: say }: Sentences) {
  const named = steps.flatMap(({ state, request }) => {
    const id = asRequestId(request)
    return id ? { state, id } : []
  })
  const failed = named.findLast(({ state }) => state === 'failed')
  const answered = named.findLast(({ state }) => state !== 'failed')
  return [
    ...(failed ? [say.failedRequest(`\`${failed.id}\``)] : []),
    ...(answered ? [say.request(`\`${answered.id}\``)] : []),
  ]
}

/** What never came back is booked at its worst. */
function costOf(steps: Step[], { why: say, locale }: Sentences) {
  if (steps.some(({ cost }) => cost === null)) return say.noPrice
  const cost = (sum(steps.map(({ cost }) => cost ?? 0)) / 1e6).toLocaleString(locale, DOLLARS)
  const isExact = steps.every(({ state, cost }) => state === 'answered' || cost === 0)
  return isExact ? cost : say.atMost(cost)
}

const DOLLARS: Intl.NumberFormatOptions = {
  style: 'currency',
  currency: 'USD',
  currencyDisplay: 'narrowSymbol',
  minimumFractionDigits: 4,
  maximumFractionDigits: 4,
}

function secondsOf({ started, ended }: Receipt['row'], { why: say, locale }: Sentences) {
  const seconds = ((ended ?? started) - started) / 1_000
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  return say.seconds(seconds.toLocaleString(locale, digits))
}

function number(count: number, { locale }: Sentences) {
  return count.toLocaleString(locale)
}

function sum(numbers: number[]) {
  return numbers.reduce((all, one) => all + one, 0)
}
