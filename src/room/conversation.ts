import { askedBy, prefaceOf } from '../prompt.ts'
import { textOf } from '../tables/room/answers.ts'
import type { Step, ToolUse } from '../tables/room/step.ts'
import { readSteps } from '../tables/room/steps/read-steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { whyNotAgain } from '../turn.ts'

const A_PAGE = 20
/** Characters. Whoever wants all of it has the export. */
const LONGEST_WORDS = 20_000
const LONGEST_RESULT = 2_000

/**
 * The conversation as the bot sees it: what it is told in place of what was long ago, and what it has read and said
 * in each of the newest turns, newest first. Read turn by turn, since one can be long.
 */
export function conversationIn(tables: Tables, before?: number) {
  const { turns, session } = tables
  const current = session.current()
  const { summary = null, pins = null } = current ? prefaceOf(tables, current) : {}
  const newest = turns.newest(A_PAGE, before)
  const leftOut = turns.ended.leftOut({ first: newest.at(-1)?.id ?? 0, last: newest[0]?.id ?? 0 })
  return {
    fromTurn: current?.from_turn ?? null,
    summary: cut(summary || null, LONGEST_WORDS),
    pinned: cut(pins || null, LONGEST_WORDS),
    turns: newest.map((row) => ({
      ...wordsOf(tables, row),
      isRemembered:
        current !== null &&
        row.id >= current.from_turn &&
        row.state !== 'parked' &&
        row.prompt !== null &&
        !leftOut.has(row.id),
    })),
    /** To be asked for what is older. */
    olderThan: newest.length === A_PAGE ? (newest.at(-1)?.id ?? null) : null,
  }
}

function wordsOf({ sql, inbox }: Tables, row: TurnRow) {
  const steps = readSteps(sql, row.id) ?? []
  return {
    turn: row.id,
    askerName: row.asker_name,
    prompt: cut(row.prompt, LONGEST_WORDS),
    asked: row.prompt === null ? [] : askedBy(row.prompt).map(inShort),
    steps: steps.filter(({ kind }) => kind !== 'summary').map(stepIn),
    sentence: cut(row.sentence, LONGEST_WORDS),
    costDollars: steps.reduce((sum, { cost }) => sum + (cost ?? 0), 0) / 1_000_000,
    canTryAgain: whyNotAgain(row) === null,
    /** The turn that has tried it again; null where that is still to come. */
    triedAgain: inbox.received.triedAgain(row.id),
  }
}

function inShort({ text, ...message }: ReturnType<typeof askedBy>[number]) {
  return { ...message, text: cut(text, LONGEST_WORDS) ?? '' }
}

function stepIn(step: Step) {
  return {
    number: step.number,
    kind: step.kind,
    state: step.state,
    /** What nobody in the room said, and the model was told. */
    notice: cut(step.notice, LONGEST_WORDS),
    text: cut(textOf(step), LONGEST_WORDS) ?? '',
    tools: step.uses.map(toolIn),
  }
}

function toolIn({ number, name, state, input, result }: ToolUse) {
  return {
    number,
    name,
    state,
    input: cut(JSON.stringify(input), LONGEST_RESULT) ?? '',
    result: cut(result, LONGEST_RESULT),
  }
}

function cut<Words extends string | null>(words: Words, longest: number): string | Words {
  return words && words.length > longest ? `${words.slice(0, longest).toWellFormed()}…` : words
}
