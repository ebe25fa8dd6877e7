import type { Bot } from '../bots.ts'
import { SENTENCES, type Sentences } from '../sentences.ts'
import type { Step } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import { numberIn } from './wording/number.ts'
import { readBy } from './wording/read.ts'
import { spentOn } from './wording/spent.ts'
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
    row.crashes ? say.crashes(row.crashes, numberIn(sentences, row.crashes)) : say.noCrashes,
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

/** With which Worker it was made, and with which bot: as its file is, or by the number that an operator has saved. */
function versionsIn({ worker, bot, bot_version: saved }: Receipt['row'], { why: say }: Sentences) {
  if (!worker || !(saved || bot)) return []
  return [say.version(worker, saved ? `#${saved}` : String(bot))]
}

function secondsOf({ started, ended }: Receipt['row'], { why: say, locale }: Sentences) {
  const seconds = ((ended ?? started) - started) / 1_000
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  return say.seconds(seconds.toLocaleString(locale, digits))
}
