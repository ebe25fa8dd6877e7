import { closed } from '../../campfire.ts'
import { closeToolUses } from '../../recovery.ts'
import { finalText, splitReply, tellings } from '../../reply.ts'
import { help } from '../../sentences.ts'
import { leftOfMade, notHanded } from '../../step.ts'
import { answersIn, textOf } from '../../tables/room/answers.ts'
import type { Step } from '../../tables/room/step.ts'
import type { Turn } from '../turn-context.ts'

type Answering = Pick<
  Turn,
  | 'approval'
  | 'bot'
  | 'campfire'
  | 'cursor'
  | 'direct'
  | 'files'
  | 'forget'
  | 'nameHere'
  | 'replies'
  | 'row'
  | 'sentences'
  | 'steps'
>

/** The answer as it will stand, or what is said in its place: from here on it is to be posted. */
export function intendReply(turn: Answering, offer: string | null) {
  const { row, steps, replies, bot, direct } = turn
  closeToolUses(turn, 'Not done: the limit of this turn was reached.')
  if (row.kind === 'forget') turn.forget()
  const isRequest = !row.verdict && turn.approval.isAsking()
  const request = isRequest ? row.sentence : null
  const words = request === null ? wordsOf() : wordsBefore(steps.all, replies.draft !== null)
  // A yes counts only after the request: in what has grown its number would not tell when it was asked.
  if (request !== null && !words && replies.draft) replies.outlive(replies.draft)
  const { parts, more } = partsOf(words)
  if (request === null) return replies.intend(parts, turn.cursor(), more)
  const isApart = replies.draft !== null
  const whole = [words, request].filter(Boolean).join('\n\n')
  const asked = splitReply(isApart ? request : whole, turn)
  replies.intend(isApart ? [...parts, ...more, ...asked] : asked, turn.cursor())

  /** What stands is finished by an edit: whoever only that edit names is told by a further part. */
  function partsOf(text: string) {
    const { draft } = replies
    const parts = splitReply(text, turn, draft !== null)
    const began = draft?.began ?? null
    // In a direct everyone is told of each create.
    const more = direct ? [] : tellings(parts, { began, people: turn.campfire.people() })
    return { parts, more }
  }

  function wordsOf() {
    if (row.sentence) return row.sentence
    if (row.kind === 'help') return help({ ...bot, name: turn.nameHere }, direct, turn.sentences)
    if (row.kind === 'forget') return turn.sentences.forgotten[direct ? 'direct' : 'room']
    const said = finalText(steps.all, turn)
    const left = [notHanded(turn), leftOfMade(turn)]
    const more = [...left, offer].filter((one) => one !== null)
    return more.length ? [closed(said), ...more].join('\n\n') : said
  }
}

/** What the model said before it wanted something; where words of it stand, the last that it said at all. */
function wordsBefore(steps: Step[], isStanding: boolean) {
  const answers = answersIn(steps).map(textOf)
  return closed((isStanding ? answers.findLast(Boolean) : answers.at(-1)) ?? '')
}
