import { referenceOf } from '../address.ts'
import { ApprovalRequests } from '../approval.ts'
import { inShort, log } from '../log.ts'
import { instructionsFor } from '../prompt.ts'
import { type Opening, recordCrash, recover } from '../recovery.ts'
import { Draft, Signs } from '../reply.ts'
import { botHere, campfireFor, modelFor, type Runtime } from '../runtime.ts'
import { type Sentences, sentencesAfter, sentencesBefore } from '../sentences.ts'
import { forget, Memory, Remedies } from '../session.ts'
import { lastReplyId } from '../tables/room/own-messages.ts'
import { Replies } from '../tables/room/replies.ts'
import { Steps } from '../tables/room/steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import { roomIn, type Tables } from '../tables.ts'
import { createToolContext } from '../tools.ts'
import { seal } from './seal.ts'
import { takeSteering } from './take-steering.ts'
import type { Turn } from './turn-context.ts'

interface ToOpen {
  row: TurnRow
  signal: AbortSignal
  how: Opening
}

/** Null when the turn's own rows cannot be read: it is put down, and in the end parked. */
export function openTurn(tables: Tables, runtime: Runtime, opening: ToOpen): Turn | null {
  const { turns, place, now } = tables
  const { row, how } = opening
  try {
    const turn = createTurnContext(tables, runtime, opening)
    if (how === 'new') turn.signs.show()
    recover(turn, how)
    return turn
  } catch (error) {
    log.error('turn.not_opened', { ...place, turn: row.id, error: inShort(error) })
    // No neighbour's doing: there is no use in waiting long. It is counted, so it has a `due`.
    recordCrash(tables, row, (deaths) => Math.min(1_000 * 2 ** deaths, 60_000))
    if (row.ended === null && row.due === null) turns.change(row, { due: now() })
    return null
  }
}

/** The real world, for a turn. */
function createTurnContext(tables: Tables, runtime: Runtime, { row, signal, how }: ToOpen): Turn {
  const { sql, now, place, turns } = tables
  const { member, quota, report } = runtime
  const bot = botHere(tables, member)
  // What brought us down may be in the steps, and nothing of a parked turn needs them.
  const steps = new Steps(sql, row.id, row.verdict === 'parked' ? [] : undefined)
  const replying = {
    bot,
    botUserId: member.userId,
    row,
    replies: new Replies(sql, row.id, how === 'new' ? [] : undefined),
    campfire: campfireFor(tables, runtime),
    quota,
    canGrow: () => canGrow(report.abilities()),
    canAsk: () => report.abilities().list !== false,
    cursor: () => Math.max(tables.inbox.lastKnownId() ?? 0, lastReplyId(sql) ?? 0) || null,
    change: (changes: Partial<Omit<TurnRow, 'id'>>) => turns.change(row, changes),
    now,
    ref: { room: place.room, bot: member.bot.name, turn: row.id },
  }
  const { campfire } = replying
  const memory = new Memory(tables, row)
  const signs = new Signs(replying)
  let sentences: Sentences | undefined

  const turn: Turn = {
    ...replying,
    direct: roomIn(tables).direct,
    steps,
    memory,
    remedies: new Remedies(tables, row, { memory, steps }),
    instructions: instructionsFor(tables, bot, row),
    signs,
    signal,
    draft: new Draft(replying),
    model: modelFor(runtime),
    tools: createToolContext(tables, { campfire, asker: row.asker, signal }),
    approval: new ApprovalRequests(tables, bot, row),
    get sentences() {
      sentences ??= sentencesFor(row, memory)
      return sentences
    },
    takeSteering: () => takeSteering(tables, { bot, row, signs }),
    progress: () => ({ started: row.started, now: now(), steps: steps.all }),
    forget: () => forget(tables, row.asker),
    seal: (verdict) => seal(tables, turn, verdict),
    random: () => Math.random(),
    reference: referenceOf(place, row),
  }
  return turn
}

/** A word that needs no model tells nothing of a language; what was said before it may. */
function sentencesFor({ prompt, verdict, asker }: TurnRow, memory: Memory) {
  return prompt === null && verdict !== 'parked'
    ? sentencesBefore(memory.past().turns, asker)
    : sentencesAfter(prompt)
}

function canGrow({ list, edit }: { list?: boolean; edit?: boolean }) {
  return list === true && edit !== false
}
