import type { Bot } from './bots/bot.ts'
import type { Campfire } from './campfire.ts'
import type { Model } from './model.ts'
import type { Archive } from './room/archive.ts'
import type { Replies } from './room/replies.ts'
import type { PastTurn } from './room/session.ts'
import type { Shift } from './room/shift.ts'
import type { Step, Steps } from './room/steps.ts'
import type { TurnRow, Verdict } from './room/turns.ts'
import type { ToolContext } from './tools/tool.ts'
import { finalText } from './turn/answer.ts'
import type { Draft } from './turn/draft.ts'
import { answersIn, nextAct, textOf } from './turn/next.ts'
import { findDraft, partsOf, post } from './turn/reply.ts'
import { isAnswered, isOutdated, NO_TROUBLE, reword } from './turn/reword.ts'
import { help, type Sentences } from './turn/sentences.ts'
import type { Signs } from './turn/signs.ts'
import { runTools, takeStep } from './turn/step.ts'
import { summarize } from './turn/summary.ts'
import type { Preface } from './turn/transcript.ts'
import { goWrong } from './turn/trouble.ts'
import { closeToolUses, decide } from './turn/verdict.ts'

/** One turn and all that it may touch. The rows are the truth; this is how they are reached. */
export interface Turn {
  bot: Bot
  botUserId: number
  direct: boolean
  row: TurnRow
  steps: Steps
  replies: Replies
  model: Model
  campfire: Campfire
  archive: Archive
  pins: ToolContext['pins']
  results: ToolContext['results']
  shift: Shift
  signs: Signs
  draft: Draft
  /** The bot's own words, in the language of the asker. */
  readonly sentences: Sentences
  /** This Campfire can list, and so can edit. */
  canGrow(): boolean
  /** Aborted by a stop. */
  signal: AbortSignal
  /** A crash or an error came before: what is open may have taken effect without our knowing. */
  unsure: boolean
  /** The session before has still to be told in short. */
  untold(): boolean
  /** What the model remembers: the turns of this session that are over. */
  memory(): Preface & { turns: PastTurn[] }
  /** The same of the session before. */
  before(): Preface & { turns: PastTurn[] }
  summarized(summary: string): void
  /** Drops the oldest turns of the session, or all. False: there are none. */
  makeRoom(all?: 'all'): boolean
  /** What a compaction has signed is read as words from now on. False: there is none. */
  readInWords(): boolean
  /** Erases the words of this conversation, as far as the asker may. */
  forget(): void
  /** Somebody has to say yes before this tool runs. */
  needsLeave(tool: string): boolean
  askLeave(tool: string, input: unknown): void
  /** What this turn wants to do, and how to answer; in the bot's words. */
  request(): string
  /** What the asker has said since; from here on it belongs to this turn. */
  hearMore(): string | null
  /** The newest message known in the room. */
  cursor(): number | null
  change(changes: Partial<Omit<TurnRow, 'id'>>): void
  seal(verdict: Verdict): void
  progress(): { started: number; now: number; steps: Steps['all'] }
  now(): number
  random(): number
  /** Names the turn in logs. */
  ref: { room: number; bot: string; turn: number }
  /** Names the turn to people; the log has it too. */
  reference: string
}

/** Goes on with a turn until it is over, or put down for a later handler. */
export async function takeTurn(turn: Turn) {
  while (turn.row.state === 'running') {
    if (turn.shift.isOver()) {
      turn.change({ state: 'paused', due: turn.now() })
    } else {
      await goOn(turn).catch((error: unknown) => {
        if (turn.row.ended !== null) throw error
        goWrong(turn, error)
      })
    }
  }
  await Promise.all([turn.draft.settle(), turn.signs.settle()])
}

async function goOn(turn: Turn) {
  const { row, steps, replies, draft } = turn
  if (replies.draft?.state === 'drafting') await draft.settle()
  const outdated = isOutdated(row, replies.all)
  const rows = { row, steps: steps.all, replies: replies.all, outdated, untold: turn.untold() }
  switch (nextAct(rows)) {
    case 'summarize':
      return await summarize(turn)
    case 'ask':
      return await takeStep(turn)
    case 'run tools':
      return await runTools(turn)
    case 'ask leave':
      return turn.change({
        sentence: [partBefore(steps.all), turn.request()].filter(Boolean).join('\n\n'),
      })
    case 'make room':
      return turn.makeRoom()
        ? await takeStep(turn)
        : decide(turn, 'failed', turn.sentences.tooLong(turn.reference))
    case 'stop':
      return decide(turn, 'stopped', partialAnswer(turn))
    case 'reply':
      await draft.settle()
      return intendReply(turn)
    case 'find draft':
      return await findDraft(turn)
    case 'reword':
      return await reword(turn)
    case 'post':
      return await post(turn)
    case 'seal':
      await turn.signs.clear()
      if (isAnswered(row, replies.all)) turn.change(NO_TROUBLE)
      return turn.seal(row.verdict ?? 'replied')
  }
}

/** Campfire tells people of a new message and never of an edit. */
const TOLD_ANEW = 60_000

function intendReply(turn: Turn) {
  const { row, steps, replies, bot, direct, sentences } = turn
  closeToolUses(turn, 'Not done: the limit of this turn was reached.')
  if (row.kind === 'forget') turn.forget()
  const { draft } = replies
  if (draft && turn.now() - Number(draft.created) > TOLD_ANEW) replies.outlive(draft)
  replies.intend(partsOf(wordsOf(), sentences, replies.draft !== null), turn.cursor())

  function wordsOf() {
    if (row.sentence) return row.sentence
    if (row.kind === 'help') return help(bot, direct, sentences)
    if (row.kind === 'forget') return sentences.forgotten[direct ? 'direct' : 'room']
    return finalText(steps.all, sentences)
  }
}

/** What the model said before it wanted something. */
function partBefore(steps: Step[]) {
  const last = answersIn(steps).at(-1)
  return last ? textOf(last) : ''
}

function partialAnswer({ steps, sentences }: Turn) {
  const last = steps.all.at(-1)
  const partial = last?.state === 'stopped' && last.kind !== 'summary' ? textOf(last) : ''
  return partial ? `${partial}\n\n${sentences.stoppedHere}` : sentences.stopped
}
