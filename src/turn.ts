import type { Bot } from './bots/bot.ts'
import type { Campfire } from './campfire.ts'
import type { Model } from './model.ts'
import type { Archive } from './room/archive.ts'
import type { Replies } from './room/replies.ts'
import type { PastTurn } from './room/session.ts'
import type { Shift } from './room/shift.ts'
import type { Steps } from './room/steps.ts'
import type { TurnRow, Verdict } from './room/turns.ts'
import { finalText } from './turn/answer.ts'
import { nextAct, textOf } from './turn/next.ts'
import { isOutdated, partsOf, post, reword } from './turn/reply.ts'
import { help, SENTENCES } from './turn/sentences.ts'
import { runTools, takeStep } from './turn/step.ts'
import { summarize } from './turn/summary.ts'
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
  shift: Shift
  /** Aborted by a stop. */
  signal: AbortSignal
  /** A crash or an error came before: what is open may have taken effect without our knowing. */
  unsure: boolean
  /** The session before has still to be told in short. */
  untold(): boolean
  /** What the model remembers: the turns of this session that are over. */
  memory(): { summary: string | null; turns: PastTurn[] }
  before(): PastTurn[]
  summarized(summary: string): void
  /** Drops the oldest turns of the session, or all. False: there are none. */
  makeRoom(all?: 'all'): boolean
  /** Erases the words of this conversation, as far as the asker may. */
  forget(): void
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
    if (turn.shift.isOver()) return putDown(turn, turn.now())
    try {
      await goOn(turn)
    } catch (error) {
      if (turn.row.ended !== null) throw error
      goWrong(turn, error)
    }
  }
}

async function goOn(turn: Turn) {
  const { row, steps, replies } = turn
  const outdated = isOutdated(row, replies.all)
  const rows = { row, steps: steps.all, replies: replies.all, outdated, untold: turn.untold() }
  switch (nextAct(rows)) {
    case 'summarize':
      return await summarize(turn)
    case 'ask':
      return await takeStep(turn)
    case 'run tools':
      return await runTools(turn)
    case 'make room':
      return turn.makeRoom()
        ? await takeStep(turn)
        : decide(turn, 'failed', SENTENCES.tooLong(turn.reference))
    case 'stop':
      return decide(turn, 'stopped', partialAnswer(turn))
    case 'reply':
      return intendReply(turn)
    case 'reword':
      return await reword(turn)
    case 'post':
      return await post(turn)
    case 'seal':
      return turn.seal(row.verdict ?? 'replied')
  }
}

function intendReply(turn: Turn) {
  const { row, steps, replies, bot, direct } = turn
  closeToolUses(turn, 'Not done: the limit of this turn was reached.')
  if (row.kind === 'forget') turn.forget()
  replies.intend(partsOf(wordsOf()), turn.cursor())

  function wordsOf() {
    if (row.sentence) return row.sentence
    if (row.kind === 'help') return help(bot, direct)
    if (row.kind === 'forget') return SENTENCES.forgotten[direct ? 'direct' : 'room']
    return finalText(steps.all)
  }
}

function partialAnswer({ steps }: Turn) {
  const last = steps.all.at(-1)
  const partial = last?.state === 'stopped' && last.kind !== 'summary' ? textOf(last) : ''
  return partial ? `${partial}\n\n(stopped)` : SENTENCES.stopped
}

function putDown(turn: Turn, due: number) {
  turn.change({ state: 'paused', due })
}
