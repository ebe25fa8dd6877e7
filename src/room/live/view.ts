import type { Bot } from '../../bots.ts'
import { statusOf } from '../../step.ts'
import { textOf } from '../../tables/room/answers.ts'
import type { Reply } from '../../tables/room/reply-states.ts'
import type { Step } from '../../tables/room/step.ts'
import type { TurnRow } from '../../tables/room/turns.ts'
import type { WatchedTurn } from './events.ts'

/** A turn that is under way, as the engine holds it. */
export interface Followed {
  row: TurnRow
  bot: Pick<Bot, 'tools'>
  steps: { readonly all: Step[] }
  replies: { readonly all: Reply[] }
  draft: { readonly heard: string }
  campfire: { readonly edits: number }
}

/** Characters. Whoever wants all of it has the page, and the export. */
const LONGEST_PROMPT = 4_000
const LONGEST_TEXT = 40_000

/** What there is to see of a turn at this moment; nothing is read for it. */
export function watched({ row, bot, steps, replies, draft, campfire }: Followed): WatchedTurn {
  const under = steps.all.at(-1)
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    asker: { id: row.asker, name: row.asker_name },
    prompt: row.prompt?.slice(0, LONGEST_PROMPT) ?? null,
    startedAt: new Date(row.started).toISOString(),
    endedAt: row.ended === null ? null : new Date(row.ended).toISOString(),
    steps: steps.all.map((step) => ({
      number: step.number,
      kind: step.kind,
      state: step.state,
      model: step.model,
      text: wordsOf(step).slice(0, LONGEST_TEXT),
      tools: step.uses.map((use) => ({
        number: use.number,
        name: use.name,
        state: use.state,
        status: statusOf(bot.tools, use, 'en'),
      })),
    })),
    replies: replies.all.map(({ part, state, message }) => ({ part, state, message })),
    edits: campfire.edits,
  }

  function wordsOf(step: Step) {
    if (step.kind === 'summary') return ''
    return step === under && step.state === 'asked' ? draft.heard : textOf(step)
  }
}
