import type { Bot } from '../bots.ts'
import { quiet } from '../campfire.ts'
import { asRequestId } from '../model.ts'
import { SENTENCES, type Sentences } from '../sentences.ts'
import { answersIn } from '../tables/room/answers.ts'
import type { MadeFile } from '../tables/room/files/made.ts'
import type { Step, ToolUse } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'

/** What there is to say of a turn that is over. Nobody's words are in it. */
export interface Receipt {
  row: Pick<TurnRow, 'kind' | 'state' | 'tier' | 'started' | 'ended' | 'crashes' | 'prompt'> &
    Partial<Pick<TurnRow, 'made'>>
  /** How many messages it answered. */
  messages: number
  /** Some of them were reworded before they were answered. */
  edited?: boolean
  steps: Step[]
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
    row.crashes ? say.crashes(row.crashes, number(row.crashes, sentences)) : say.noCrashes,
    ...(doubt ? [say.doubts[doubt]] : []),
  ]
  return [
    say.line(say.read, readBy(receipt, sentences)),
    say.line(say.tools, toolsIn(steps, row.made ?? [], sentences)),
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
  if (row.kind !== 'talk') return [say.word]
  return [
    say.messages(messages, number(messages, sentences)),
    ...(edited ? [say.edited] : []),
    contextOf(row.prompt, sentences),
    say.tiers[row.tier],
  ]
}

function contextOf(prompt: string | null, { why: say }: Sentences) {
  if (prompt === null) return say.forgotten
  return prompt.includes('<context') ? say.others : say.noOthers
}

/** Each once, and how it went. */
function toolsIn(steps: Step[], made: MadeFile[], sentences: Sentences) {
  const uses = steps.flatMap(({ uses }) => uses)
  const names = [...new Set(uses.map(({ name }) => name))]
  const attached = made.flatMap(({ name, outcome }) => (outcome === 'attached' && name) || [])
  const files = attached.map((name) => quiet(name))
  const lines = [...names.map(toolLine), ...(files.length ? [sentences.why.made(files)] : [])]
  return lines.length ? lines : [sentences.why.noTools]

  function toolLine(name: string) {
    const all = uses.filter((use) => use.name === name)
    return all.length === 1
      ? `${name} (${wentBy(all, sentences)})`
      : `${name} × ${all.length} (${wentBy(all, sentences)})`
  }
}

/** Nothing that failed is passed over, nor what may or may not have been done. */
function wentBy(uses: ToolUse[], { why: say }: Sentences) {
  const states = uses.map(({ state }) => say.outcomes[state])
  const counts = [...new Set(states)].map((outcome) => {
    const count = states.filter((one) => one === outcome).length
    return count === uses.length ? outcome : `${count} ${outcome}`
  })
  return counts.join(', ')
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
    costOf(steps, sentences),
    models.length ? say.models(models) : say.noModel,
    ...requestsIn(steps, sentences),
  ]
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
