import { referenceOf } from '../address.ts'
import type { Bot } from '../bots.ts'
import { notifiedBy } from '../campfire.ts'
import { DAY } from '../clock.ts'
import { asRequestId } from '../model.ts'
import { readReplies } from '../tables/room/reply-states.ts'
import {
  answersTo,
  type CallRow,
  callsOf,
  compactionsAfter,
  usesOf,
} from '../tables/room/steps/receipt-rows.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

/** From the end of a turn on. What is kept of it for longer is told to nobody. */
export const RECEIPTS_KEPT = 90 * DAY

/** The receipt of a turn in full, made of the rows that it has left. Nobody's words are in it. */
export function recordOf(tables: Tables, row: TurnRow, bot: Bot | null) {
  const { sql, place, inbox } = tables
  const calls = callsOf(sql, row.id)
  const compactions = compactionsAfter(sql, row.id)
  const paid = [...calls, ...compactions]
  return {
    ...place,
    turn: row.id,
    reference: referenceOf(place, row),
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    tier: row.tier,
    askerId: row.asker,
    startedAt: time(row.started),
    endedAt: time(row.ended),
    crashes: row.crashes,
    failures: row.failures,
    stoppedBy: row.stopped_by,
    error: row.error,
    fallbackModel: row.model,
    version: {
      worker: row.worker,
      bot: row.bot,
      saved: row.bot_version ?? ('file' as const),
      instructions: row.instructions,
    },
    messages: inbox.received.takenBetween({ first: row.id, last: row.id }).map(({ id }) => id),
    steps: calls.filter(({ kind }) => kind !== 'approved').map(callIn),
    tools: toolsIn(tables, row, { calls, bot }),
    madeFiles: (row.made ?? []).map(({ name, outcome }) => ({ name, outcome })),
    replies: repliesIn(tables, row),
    edits: row.edits,
    signs: row.signs ?? [],
    compactions: compactions.map((one) => ({ id: one.id, ...billIn(one) })),
    costDollars: dollars(paid.reduce((sum, { cost }) => sum + (cost ?? 0), 0)),
    callsWithoutPrice: paid.filter(({ cost }) => cost === null).length,
  }
}

function callIn(call: CallRow) {
  const { number, stop, usage, diagnostics } = call
  return {
    number,
    stop,
    firstTokenMs: diagnostics?.firstTokenMs ?? null,
    searches: usage?.server_tool_use?.web_search_requests ?? 0,
    cacheMiss: diagnostics?.cacheMiss ?? null,
    ...billIn(call),
  }
}

/** Of a call of the model, whatever it was for. */
function billIn(call: Omit<CallRow, 'number' | 'stop' | 'diagnostics'>) {
  const { kind, state, model, usage, cost, reserve, error } = call
  return {
    kind,
    state,
    model,
    error,
    request: asRequestId(call.request),
    askedAt: time(call.asked),
    endedAt: time(call.ended),
    tokens: tokensIn(usage),
    costDollars: dollars(cost),
    // What nobody has counted is booked at its worst.
    isExact: cost === 0 || usage !== null,
    reserveDollars: dollars(reserve),
  }
}

function tokensIn(usage: CallRow['usage']) {
  if (!usage) return null
  return {
    input: usage.input_tokens,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    cacheWrite: usage.cache_creation_input_tokens ?? 0,
    output: usage.output_tokens,
    thinking: usage.output_tokens_details?.thinking_tokens ?? null,
  }
}

/** They run together, from the end of the call that asked for them. */
function toolsIn(
  { sql }: Tables,
  row: TurnRow,
  { calls, bot }: { calls: CallRow[]; bot: Bot | null },
) {
  const asked = answersTo(sql, row.id)
  return usesOf(sql, row.id).map(({ step, number, name, state, ended }) => {
    const call = calls.find((one) => one.number === step)
    const at = asked.findIndex(({ tool }) => state === 'waiting' && tool === name)
    const [answer] = at < 0 ? [] : asked.splice(at, 1)
    return {
      step,
      number,
      name,
      effect: bot?.tools.find((tool) => tool.name === name)?.effect ?? null,
      state,
      endedAt: time(ended),
      ms: ended === null || !call?.ended ? null : Math.max(0, ended - call.ended),
      approval:
        call?.kind === 'approved'
          ? { outcome: 'granted', by: row.asker }
          : answer
            ? { outcome: answer.outcome, by: answer.by }
            : null,
    }
  })
}

/** With how many people Campfire tells of each, beside those whom it tells of everything. */
function repliesIn({ sql, people }: Tables, { id }: TurnRow) {
  const known = people.mentionable()
  return readReplies(sql, id).map(({ part, message, state, file, body, began }) => ({
    part,
    message,
    state,
    file: file !== null,
    // An edit tells nobody.
    mentions: file === null && body ? notifiedBy(began ?? body, known).size : null,
  }))
}

/** Exact to the millionth. */
function dollars(millionths: number): number
function dollars(millionths: number | null): number | null
function dollars(millionths: number | null) {
  return millionths === null ? null : millionths / 1_000_000
}

function time(ms: number): string
function time(ms: number | null): string | null
function time(ms: number | null) {
  return ms === null ? null : new Date(ms).toISOString()
}
