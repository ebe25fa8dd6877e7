import { PRICES } from '../../src/model/prices.ts'
import type { AnswerBlock } from '../../src/model.ts'
import type { Step, ToolUse } from '../../src/tables/room/step.ts'

/** A step that was answered with these words; changed where a test says so. */
export function step(said: string | AnswerBlock[], changes: Partial<Step> = {}): Step {
  const content =
    typeof said === 'string' ? (said ? [{ type: 'text' as const, text: said }] : []) : said
  return {
    number: 1,
    kind: 'talk',
    state: 'answered',
    model: 'claude-sonnet-5-5',
    notice: null,
    content,
    stop: 'end_turn',
    usage: null,
    cost: null,
    error: null,
    prefix: null,
    request: null,
    asked: 0,
    ended: 0,
    uses: [],
    ...changes,
  }
}

export function use(name: string, state: ToolUse['state'] = 'intended', number = 1): ToolUse {
  const id = `toolu_${number}`
  const result = state === 'intended' ? null : `{"ok":${state === 'ok'}}`
  return { step: 1, number, id, name, input: {}, unreadable: false, state, result }
}

/** A step that asked for tools. */
export function using(...uses: ToolUse[]): Step {
  const content = uses.map(({ id, name, input }) => ({
    type: 'tool_use' as const,
    id,
    name,
    input,
  }))
  return step(content, { stop: 'tool_use', uses })
}

export function outputOf(tokens: number) {
  return { usage: { input_tokens: 1, output_tokens: tokens } as Step['usage'] }
}

/** What a call was booked at: nothing, its price, or the worst, which is every token that it might have answered. */
export function bookedAt({ cost, model, kind }: Record<string, unknown>) {
  if (cost === 0) return 'nothing'
  const tokens = kind === 'summary' ? 1_000 : 8_000
  const worst = (tokens * (PRICES[String(model)]?.output ?? Number.NaN)) / 1_000
  return Number(cost) >= worst ? 'the worst' : 'its price'
}
