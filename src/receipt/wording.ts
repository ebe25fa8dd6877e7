import type { Bot } from '../bots.ts'
import { answersIn } from '../tables/room/answers.ts'
import type { Step, ToolUse } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'

/** What there is to say of a turn that is over. Nobody's words are in it. */
export interface Receipt {
  row: Pick<TurnRow, 'kind' | 'state' | 'tier' | 'started' | 'ended' | 'crashes' | 'prompt'>
  /** How many messages it answered. */
  messages: number
  steps: Step[]
  /** What nobody could find out of its answer, or of a part of it. */
  doubt: Bot['unsure'] | 'may stand twice or be missing' | null
  /** Names the turn to the operator. */
  reference: string
}

export const UNKNOWN_REPLY = 'I know of no answer of mine there: it is not mine, or too long ago.'
export const NOTHING_SAID = 'I have said nothing here yet.'

/** Three short lines, in Markdown. */
export function receiptOf(receipt: Receipt) {
  const { row, steps, doubt, reference } = receipt
  const end = row.state === 'replied' ? [] : [`it ended as *${row.state}*`]
  const crashes = row.crashes
    ? `survived ${counted(row.crashes, 'crash', 'crashes')}`
    : 'no crashes'
  return [
    `**Read:** ${readBy(receipt)}.`,
    `**Tools:** ${toolsIn(steps)}.`,
    `**Took:** ${[
      secondsOf(row),
      ...spentOn(steps),
      ...end,
      crashes,
      ...(doubt ? [`the answer ${doubt}`] : []),
    ].join(', ')} (${reference}).`,
  ].join('\n')
}

function readBy({ row, messages }: Receipt) {
  if (row.kind !== 'talk') return 'one word, which needs no model'
  return [
    counted(messages, 'message', 'messages'),
    contextOf(row.prompt),
    `a ${row.tier} session${row.tier === 'cold' ? ' (new)' : ''}`,
  ].join(', ')
}

function contextOf(prompt: string | null) {
  if (prompt === null) return 'the rest has been forgotten since'
  return prompt.includes('<context') ? 'what others had said' : 'nothing of others'
}

/** Each once, and how it went. */
function toolsIn(steps: Step[]) {
  const uses = steps.flatMap(({ uses }) => uses)
  const names = [...new Set(uses.map(({ name }) => name))]
  return names.map((name) => toolLine(name)).join(', ') || 'none'

  function toolLine(name: string) {
    const all = uses.filter((use) => use.name === name)
    return all.length === 1
      ? `${name} (${wentBy(all)})`
      : `${name} × ${all.length} (${wentBy(all)})`
  }
}

/** Nothing that failed is passed over, nor what may or may not have been done. */
function wentBy(uses: ToolUse[]) {
  const states = uses.map(({ state }) => OUTCOMES[state])
  const counts = [...new Set(states)].map((outcome) => {
    const count = states.filter((one) => one === outcome).length
    return count === uses.length ? outcome : `${count} ${outcome}`
  })
  return counts.join(', ')
}

const OUTCOMES = {
  ok: 'ok',
  error: 'failed',
  unknown: 'outcome unknown',
  intended: 'not done',
  waiting: 'waits for a yes',
} satisfies Record<ToolUse['state'], string>

function spentOn(steps: Step[]) {
  if (!steps.length) return []
  const usage = steps.map(({ usage }) => usage).filter((usage) => usage !== null)
  const cached = sum(usage.map((one) => one.cache_read_input_tokens ?? 0))
  const read = sum(usage.map((one) => one.input_tokens + (one.cache_creation_input_tokens ?? 0)))
  const written = sum(usage.map((one) => one.output_tokens))
  const models = [...new Set(answersIn(steps).map(({ model }) => model))]
  return [
    `${inWords(read + cached)} tokens in (${inWords(cached)} cached) and ${inWords(written)} out`,
    ...costOf(steps),
    ...(models.length ? [models.join(' then ')] : ['no answer of a model']),
  ]
}

/** What never came back is booked at its worst. */
function costOf(steps: Step[]) {
  if (steps.some(({ cost }) => cost === null)) return ['no price known']
  const most = steps.every(({ state, cost }) => state === 'answered' || cost === 0)
    ? ''
    : 'at most '
  return [`${most}$${(sum(steps.map(({ cost }) => cost ?? 0)) / 1e6).toFixed(4)}`]
}

function secondsOf({ started, ended }: Receipt['row']) {
  return `${(((ended ?? started) - started) / 1_000).toFixed(1)} s`
}

function counted(count: number, one: string, many: string) {
  return count === 1 ? `one ${one}` : `${inWords(count)} ${many}`
}

function inWords(count: number) {
  return count.toLocaleString('en-US')
}

function sum(numbers: number[]) {
  return numbers.reduce((all, one) => all + one, 0)
}
