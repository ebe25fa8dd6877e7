import { stored } from '../../../storage.ts'
import { FileNumbers } from '../files/numbers.ts'
import type { Step } from '../step.ts'
import { StepsBack } from '../steps/steps-back.ts'
import type { TurnRow } from '../turns.ts'

/** More turns than this are never read; the oldest half is dropped in one, so the cache lives. */
const MOST_TURNS = 200
/** Characters. A row may take 2 MB, and an object has 128 for all that it does. */
const MOST_TEXT = 4_000_000

/** A turn as the session remembers it. */
export interface PastTurn {
  id: number
  prompt: string
  steps: Step[]
  /** What the room was told instead of an answer. */
  sentence: string | null
  /** Files that it showed to the model. */
  files?: number[]
}

/** What was read of a session, and how many characters it takes. */
export interface Past {
  turns: PastTurn[]
  text: number
}

/** From the newest back, and no further than memory allows. What cannot be read is left out whole. */
export function readPast(
  sql: SqlStorage,
  { from, before }: { from: number; before: number },
): Past {
  const newest = sql.exec<
    Pick<TurnRow, 'id' | 'sentence'> & { prompt: string; files: string | null }
  >(
    `SELECT id, prompt, sentence, files FROM turns
       WHERE id >= ? AND id < ? AND prompt IS NOT NULL AND ended IS NOT NULL AND state <> 'parked'
         AND left_out = 0
       ORDER BY id DESC LIMIT ${MOST_TURNS}`,
    from,
    before,
  )
  const turns: PastTurn[] = []
  let text = 0
  const back = new StepsBack(sql, { from, before })
  for (const { files, ...row } of newest) {
    const shown = files && stored(files, FileNumbers, { table: 'turns', key: row.id })
    const steps = back.of(row.id)
    if (!steps) continue
    turns.push({ ...row, steps, ...(shown && { files: shown }) })
    text += textIn({ ...row, steps })
    if (text > MOST_TEXT) break
  }
  const past = { turns: turns.reverse(), text }
  if (!isTooMuch(past)) back.end()
  return past
}

export function textIn(turn: PastTurn) {
  return JSON.stringify(turn).length
}

/** Cut in one, and deep: the prompt cache lives until the next time. */
export function newerHalf(past: PastTurn[]) {
  const half = past.slice(Math.ceil(past.length / 2))
  let text = half.reduce((sum, turn) => sum + textIn(turn), 0)
  while (text > MOST_TEXT / 2) text -= textIn(half.shift() ?? NOTHING)
  return half
}

const NOTHING: PastTurn = { id: 0, prompt: '', steps: [], sentence: null }

/** More than is ever read again. */
export function isTooMuch({ turns, text }: Past) {
  return turns.length >= MOST_TURNS || text > MOST_TEXT
}
