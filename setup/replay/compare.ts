import { instructionsOf } from '../../src/prompt.ts'
import type { Recording } from '../../src/receipt/recording.ts'
import { type Played, rowOf } from './play.ts'

type Row = Recording['tables']['steps'][number]

/** Where today's code acts differently, one line for each. Empty: nowhere. */
export function differences(recording: Recording, { tables, bot, ...played }: Played): string[] {
  const { turn } = recording
  const then = rowOf(recording)
  const now = tables.turns.find(turn)
  const rows = (table: string): Row[] =>
    tables.sql.exec<Row>(`SELECT * FROM ${table} WHERE turn = ?`, turn).toArray()
  const isOfIt = (row: Row) => row.turn === turn
  const [callsThen, callsNow] = [recording.tables.steps.filter(isOfIt), rows('steps')].map((all) =>
    all.filter(isAnswer),
  ) as [Row[], Row[]]
  const told = [
    ...(then.instructions && instructionsOf(bot).hash !== then.instructions
      ? [
          'The instructions or tools of the bot were changed since; it was played with those of then.',
        ]
      : []),
    ...differing('How it ends', then.state, now?.state),
    ...differing('Its error', then.error, now?.error),
    ...differing(
      'How often the model answers',
      callsThen.length,
      callsNow.length - played.unanswered,
    ),
    ...(played.unanswered
      ? [`The model is asked ${times(played.unanswered)} more than it was.`]
      : []),
    ...played.unknown.map((name) => `${name} is run, and was not.`),
    ...callsThen.flatMap((call, at) =>
      callDifferences(call, callsNow[at], isComparable(recording)),
    ),
    ...usesDiffering(recording.tables.tool_uses.filter(isOfIt), rows('tool_uses')),
    ...repliesDiffering(recording.tables.replies.filter(isOfIt), rows('replies')),
  ]
  return then.stopped_by
    ? [`It was stopped by ${then.stopped_by}, which is not played.`, ...told]
    : told
}

function isAnswer({ state, kind }: Row) {
  return state === 'answered' && (kind === 'talk' || kind === 'last')
}

/** What the session began with then is gone once it was told in short, or lost its oldest turns. */
function isComparable({ tables, turn }: Recording) {
  const [compaction] = tables.compactions
  return !compaction || (compaction.turn !== null && Number(compaction.turn) < turn)
}

function callDifferences(then: Row, now: Row | undefined, isComparable: boolean) {
  if (!now) return []
  const call = `Call ${now.number}`
  return [
    ...differing(`${call}: its kind`, then.kind, now.kind),
    ...differing(`${call}: what the model is told beside`, then.notice, now.notice),
    ...(isComparable && then.prefix !== now.prefix
      ? [`${call}: the model is asked in other words.`]
      : []),
  ]
}

/** What crashed then has no outcome to compare. */
function usesDiffering(then: Row[], now: Row[]) {
  const inWords = (all: Row[]) =>
    all
      .filter((_, at) => then[at]?.state !== 'unknown')
      .map(({ name, state }) => `${name} (${state})`)
      .join(', ')
  return differing('Its tools', inWords(then), inWords(now))
}

/** Of one that grew only the beginning is in its row. */
function repliesDiffering(then: Row[], now: Row[]) {
  const standing = (all: Row[]) =>
    all.filter(({ part, state }) => Number(part) > 0 && state === 'posted')
  const [before, after] = [standing(then), standing(now)]
  if (before.some(({ created }) => created !== null)) return []
  const inWords = (all: Row[]) => all.map(({ body, file }) => file ?? body).join('\n')
  return [
    ...differing('In how many messages it answers', before.length, after.length),
    ...differing('What it says', inWords(before), inWords(after)),
  ]
}

function differing(what: string, then: unknown, now: unknown) {
  const [before, after] = [then ?? null, now ?? null]
  return before === after
    ? []
    : [`${what}: was ${JSON.stringify(before)}, is ${JSON.stringify(after)}.`]
}

function times(count: number) {
  return count === 1 ? 'once' : `${count} times`
}
