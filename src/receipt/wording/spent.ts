import { asRequestId } from '../../model.ts'
import type { Sentences } from '../../sentences.ts'
import { answersIn } from '../../tables/room/answers.ts'
import type { Step } from '../../tables/room/step.ts'
import { numberIn } from './number.ts'

/** What the model was asked for it, and what that came to. */
export function spentOn(steps: Step[], sentences: Sentences) {
  if (!steps.length) return []
  const { why: say } = sentences
  const usage = steps.map(({ usage }) => usage).filter((usage) => usage !== null)
  const cached = sum(usage.map((one) => one.cache_read_input_tokens ?? 0))
  const read = sum(usage.map((one) => one.input_tokens + (one.cache_creation_input_tokens ?? 0)))
  const written = sum(usage.map((one) => one.output_tokens))
  const models = [...new Set(answersIn(steps).map(({ model }) => model))]
  return [
    say.tokens({
      read: numberIn(sentences, read + cached),
      cached: numberIn(sentences, cached),
      written: numberIn(sentences, written),
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

function sum(numbers: number[]) {
  return numbers.reduce((all, one) => all + one, 0)
}
