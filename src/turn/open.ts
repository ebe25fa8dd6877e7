import { referenceOf } from '../address.ts'
import { ApprovalRequests } from '../approval.ts'
import type { Bot } from '../bots.ts'
import { type RoomBudget, TurnBudget } from '../budget.ts'
import { inShort, log } from '../log.ts'
import { instructionsFor, SecondLook, type View } from '../prompt.ts'
import { type Opening, recordCrash, recover } from '../recovery.ts'
import { Beside, Draft, type DraftNeeds, type ReplyNeeds, Signs, sinceFor } from '../reply.ts'
import {
  botHere,
  campfireFor,
  fieldsLeftOut,
  modelFilesFor,
  modelFor,
  type Runtime,
} from '../runtime.ts'
import { type Sentences, sentencesAfter } from '../sentences.ts'
import { forget, Memory, Remedies } from '../session.ts'
import { TimeLimit } from '../step.ts'
import { Replies } from '../tables/room/replies.ts'
import { Steps } from '../tables/room/steps.ts'
import { isAgain, isScheduled, type TurnRow } from '../tables/room/turns.ts'
import { nameHere, roomIn, type Tables } from '../tables.ts'
import { Asking } from './asking.ts'
import { fileOffer } from './file-offer.ts'
import { progressNoteOf } from './progress-note.ts'
import { seal } from './seal.ts'
import { takesMention } from './should-speak.ts'
import { takeSteering } from './take-steering.ts'
import { toolsFor } from './tools-for.ts'
import type { Turn } from './turn-context.ts'
import { wordsFor } from './words.ts'

type Outside = Runtime & { budget: RoomBudget }

interface ToOpen {
  row: TurnRow
  signal: AbortSignal
  how: Opening
  /** The list of the room is still to be asked: see `View`. */
  later?: View['asksLater'] | undefined
}

/** Null when the turn's own rows cannot be read: it is put down, and in the end parked. */
export function openTurn(tables: Tables, runtime: Outside, opening: ToOpen): Turn | null {
  const { turns, place, now } = tables
  const { row, how } = opening
  try {
    const turn = createTurnContext(tables, runtime, opening)
    if (how === 'new') turn.signs.show()
    turn.secondLook.begin()
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
function createTurnContext(tables: Tables, runtime: Outside, opening: ToOpen): Turn {
  const { row, signal } = opening
  const bot = botHere(tables, runtime.member, row)
  const steps = stepsOf(tables, row)
  const replying = replyingIn(tables, runtime, { ...opening, bot })
  const { now, replies } = replying
  const secondLook = secondLookFor(tables, runtime, { ...opening, bot, steps })
  const isStillAsked = async () => !replying.canAsk() || (await secondLook.take()) === 'as asked'
  const signs = new Signs(replying)
  const words = wordsOf(tables, row)
  const time = new TimeLimit({ limits: bot.limits, started: row.started, steps: steps.all, now })
  const session = sessionOf(tables, { bot, row, steps })
  const turn: Turn = {
    ...replying,
    ...session,
    ...modelOf(tables, runtime, { bot, row }),
    direct: roomIn(tables).direct,
    steps,
    signs,
    secondLook,
    time,
    budget: budgetOf(tables, runtime, { row, steps, time, ...session }),
    progressNote: progressNoteOf(tables, runtime, { row, replies }),
    isStillAsked,
    draft: draftOf(replying, { isStillAsked, words }),
    ...reachOf(tables, runtime, { replying, steps, words, signals: [signal, time.signal] }),
    approval: approvalFor(tables, { row, bot, words }),
    // A stop, a question that was taken back, or the end of its time.
    get signal() {
      return AbortSignal.any([signal, secondLook.signal, time.signal])
    },
    get nameHere() {
      return nameHere(tables, bot)
    },
    get sentences() {
      return words()
    },
    takeSteering: () => takeSteering(tables, { bot, row, signs }),
    progress: () => ({ started: row.started, now: now(), steps: steps.all }),
    forget: () => forget(tables, row),
    seal: (verdict) => seal(tables, turn, verdict),
    random: () => Math.random(),
    reference: referenceOf(tables.place, row),
  }
  return turn
}

/** Whom and what it reaches beside the model and the room: the asker, files, and whatever its tools do. */
function reachOf(
  tables: Tables,
  runtime: Runtime,
  { replying, steps, words, signals }: Reaching,
): Pick<Turn, 'aboutAsker' | 'files' | 'fileOffer' | 'beside' | 'modelFiles' | 'toolsFor'> {
  const { bot, row } = replying
  const asking = new Asking(tables, runtime, { bot, row, steps })
  const beside = new Beside({ ...replying, repliesOf: (id) => new Replies(tables.sql, id) })
  return {
    aboutAsker: () => asking.about(),
    files: tables.files,
    fileOffer: () => fileOffer(tables, runtime, { row, steps, sentences: words }),
    beside,
    modelFiles: modelFilesFor(runtime, AbortSignal.any(signals)),
    toolsFor: toolsFor(tables, runtime, { replying, beside, asking, bot, signals }),
  }
}

interface Reaching extends Words {
  replying: Replying & { bot: Bot }
  steps: Steps
  signals: AbortSignal[]
}

/** What brought us down may be in the steps, and nothing of a parked turn needs them. */
function stepsOf({ sql }: Tables, { id, verdict }: TurnRow) {
  return new Steps(sql, id, verdict === 'parked' ? [] : undefined)
}

function budgetOf(
  { place, now }: Tables,
  { budget, vitals }: Outside,
  turn: Pick<Turn, 'row' | 'steps' | 'time' | 'memory'>,
) {
  const { row, steps, time, memory } = turn
  const reference = referenceOf(place, row)
  const onTrip = () => vitals.beat()
  return new TurnBudget(budget, { row, steps, time, memory, now, reference, onTrip })
}

type Replying = Omit<ReplyNeeds, 'sentences' | 'reference'> &
  Omit<DraftNeeds, 'sentences' | 'isStillAsked'>

function draftOf(replying: Replying, { isStillAsked, words }: Pick<Turn, 'isStillAsked'> & Words) {
  return new Draft({
    ...replying,
    isStillAsked,
    get sentences() {
      return words()
    },
  })
}

/** What the model remembers, what it is told, and what was left out where that was refused. */
function sessionOf(
  tables: Tables,
  { bot, row, steps }: { bot: Bot; row: TurnRow; steps: Steps },
): Pick<Turn, 'memory' | 'remedies' | 'instructions'> {
  const memory = new Memory(tables, row)
  const remedies = new Remedies(tables, row, { memory, steps })
  return { memory, remedies, instructions: instructionsFor(tables, bot, row) }
}

function modelOf(
  tables: Tables,
  runtime: Runtime,
  { bot, row }: { bot: Bot; row: TurnRow },
): Pick<Turn, 'model' | 'doWithout'> {
  const without = fieldsLeftOut(tables, runtime)
  return {
    model: modelFor(runtime, without),
    doWithout: (field) => without.leaveOut(field, row.model ?? bot.model),
  }
}

interface Words {
  /** The bot's own, in the language of the asker. */
  words(): Sentences
}

/** What brought us down may be in the turns before. */
function wordsOf(tables: Tables, row: TurnRow) {
  let known: Sentences | undefined
  return () => {
    known ??=
      row.verdict === 'parked' ? sentencesAfter(row.prompt) : wordsFor(tables, row.asker, row)
    return known
  }
}

type Here = ToOpen & { bot: Bot }

function replyingIn(
  tables: Tables,
  runtime: Runtime,
  { row, how, bot }: Here,
): Replying & { bot: Bot } {
  const { sql, now, place, turns, inbox } = tables
  const { member, quota, report } = runtime
  return {
    bot,
    botUserId: member.userId,
    row,
    replies: new Replies(sql, row.id, how === 'new' ? [] : undefined),
    campfire: campfireFor(tables, runtime),
    quota,
    canGrow: () => !isScheduled(row) && report.abilities().list === true && report.canEdit(),
    canAsk: () => report.abilities().list !== false,
    hasHeard: (since) => inbox.received.hasHeard(since),
    cursor: () => tables.numbers.cursor(),
    since: (cursor) => sinceFor(tables, row, cursor),
    change: (changes) => turns.change(row, changes),
    now,
    ref: { room: place.room, bot: member.bot.name, turn: row.id },
  }
}

function secondLookFor(
  tables: Tables,
  runtime: Runtime,
  { row, how, bot, steps, later }: Here & { steps: Steps },
) {
  return new SecondLook(tables, {
    row,
    steps,
    lists: (deadline) => campfireFor(tables, runtime, runtime.quota.within(deadline)),
    timeZone: bot.timeZone,
    takesMention: takesMention(tables, bot),
    // One that merely changed hands did not lie for long; what is tried again was asked long ago.
    seen: how === 'crashed' || row.failures > 0 || isAgain(row) || later ? null : row.started,
    later,
  })
}

function approvalFor(tables: Tables, { row, bot, words }: { row: TurnRow; bot: Bot } & Words) {
  const isAlone = roomIn(tables).direct && !takesMention(tables, bot)
  return new ApprovalRequests(tables, row, { bot, isAlone, words })
}
