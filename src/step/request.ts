import { outcomeNotice } from '../approval.ts'
import { NOTICES, requestOf } from '../prompt.ts'
import { answersIn, hasWords, isApproved } from '../tables/room/answers.ts'
import type { Step, StepKind } from '../tables/room/step.ts'
import { losesWords } from '../tables/room/turns/remedy.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { RequestNeeds } from './needs.ts'
import { hasLostTool, usedIn } from './server-tools.ts'

/** The next call, and the words to the model that it needs: what is said of the last one, and `told` behind that. */
export function requestFor(
  turn: RequestNeeds,
  kind: StepKind,
  { told = [], about }: { told?: (string | null)[]; about: string | null },
) {
  const notice = [noticeFor(turn, kind), ...told].filter(Boolean).join('\n\n') || null
  const request = requestWith(turn, kind, { notice, about })
  if (!request.endsInWords) return { notice, request }
  const goOn = NOTICES.goOn
  return { notice: goOn, request: requestWith(turn, kind, { notice: goOn, about }) }
}

/** What is asked of the model: all that it remembers, and this turn as far as it has come. */
function requestWith(
  turn: RequestNeeds,
  kind: StepKind,
  { notice, about }: { notice: string | null; about: string | null },
) {
  const { bot, row, steps } = turn
  const { id, prompt } = row
  // Whoever refused a request may have refused it for this.
  const current = {
    id,
    prompt: prompt ?? '',
    steps: steps.all,
    sentence: null,
    isUnderWay: true as const,
    ...(about && !row.remedy && { about }),
    ...(row.files && !row.remedy && { files: row.files }),
  }
  const { turns, ...preface } = turn.memory.past()
  const transcript = { ...preface, turns: [...turns, current], notice }
  const without = turn.model.without(row.model ?? bot.model)
  return requestOf(bot, transcript, {
    instructions: turn.instructions,
    ...(row.model && { model: row.model }),
    mayUseTools: kind === 'talk',
    searchesTools: !without.has('tool_search'),
    without,
    now: turn.now(),
    files: turn.files,
    session: row.session,
    used: usedIn(steps.all),
  })
}

/**
 * What the model must know before the next call, read off how the last one ended. A call that came to
 * nothing has said it to nobody, so the next one says it again.
 */
function noticeFor({ steps: { all: steps }, row }: RequestNeeds, kind: StepKind) {
  const answers = answersIn(steps)
  const last = answers.at(-1)
  const since = steps.filter(({ number }) => number > (last?.number ?? 0))
  const unheard = since.findLast(({ notice }) => notice !== null)?.notice ?? null
  const reason = kind === 'last' ? NOTICES.lastCall : reasonFor(answers, since, row.remedy)
  if (!unheard || !reason || unheard.includes(reason)) return unheard ?? reason
  return `${unheard}\n\n${reason}`
}

function reasonFor(answers: Step[], since: Step[], remedy: TurnRow['remedy']) {
  const last = answers.at(-1)
  const approved = since.find(isApproved)
  if (approved) return outcomeNotice(approved.uses)
  if (losesWords(remedy) && !remedy?.since) {
    return remedy?.tooLong ? NOTICES.oldestDropped : NOTICES.partLeftOut
  }
  if (hasLostTool(since)) return NOTICES.toolLost
  if (!last || last.uses.length) return null

  switch (last.stop) {
    case 'max_tokens':
      return NOTICES.goOn
    case 'model_context_window_exceeded':
      return NOTICES.oldestDropped
    // It goes on from where it was; what it may need for that is seen from the request.
    case 'pause_turn':
      return null
    default:
      return hasWords(last) ? null : NOTICES.saySomething
  }
}
