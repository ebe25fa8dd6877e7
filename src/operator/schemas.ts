import * as z from 'zod'
import { Words } from '../bots.ts'
import { Finding } from './doctor.ts'

// What the operator's routes answer. Times are ISO 8601 in UTC, durations are in ms; nothing here is
// ever what somebody said, but for the session, which is exported on purpose.

const Id = z.int().positive()
const Count = z.int().min(0)
const Time = z.iso.datetime()

/** `GET /health`, open to everyone. */
export const Health = z.strictObject({
  ok: z.literal(true),
  version: z.string(),
  bots: Count,
  /** Bots of the roster or of BOT_KEYS that are left out; the log names them and the field. */
  brokenBots: Count,
})
export type Health = z.infer<typeof Health>

/** `GET /doctor`: everything that was looked at, and what to do about what is not right. */
export const Doctor = z.strictObject({
  version: z.string(),
  now: Time,
  findings: z.array(Finding),
})
export type Doctor = z.infer<typeof Doctor>

const Field = Words.keyof()
/** The file of the bot, or a version that was saved here. */
const Source = z.union([z.literal('file'), Id])

/** `GET /bots`: who speaks here, and when somebody last spoke to them. */
export const Bots = z.strictObject({
  bots: z.array(
    z.strictObject({
      name: z.string(),
      user: Id,
      model: z.string(),
      rooms: Count,
      heardAt: Time.nullable(),
      goesBy: Source,
      /** Its file says something else since this version was saved. */
      fileChanged: z.boolean(),
    }),
  ),
  /** In BOT_KEYS or in `src/bots`, and left out: the field that is broken. */
  broken: z.array(z.strictObject({ bot: z.string(), field: z.string() })),
})
export type Bots = z.infer<typeof Bots>

const Usage = z.strictObject({ turns: Count, calls: Count, costDollars: z.number().min(0) })

/** `GET /bots/:bot`: one of them, as it is by now, and how it came to be so. */
export const BotView = z.strictObject({
  name: z.string(),
  user: Id,
  about: z.string(),
  /** The number of the newest version; 0 where none was ever saved. */
  newest: Count,
  goesBy: Source,
  words: Words,
  file: Words,
  /** Fields in which it is not as its file says. */
  differs: z.array(Field),
  /** Fields of its file that a deploy changed since the version was saved by which it goes. */
  fileChanged: z.array(Field),
  /** What of the version cannot be had any more, as a tool that is gone. */
  problem: z.string().nullable(),
  versions: z.array(
    z.strictObject({
      number: Id,
      at: Time,
      who: z.string(),
      /** It goes by its file again. */
      isFile: z.boolean(),
      /** The version whose words these are once more. */
      again: Id.nullable(),
      changes: z.array(Field),
    }),
  ),
  /** Older versions than these: ask with `?before=`. */
  more: z.boolean(),
  /** Rooms that have told of themselves, and how many of them are known to go by the newest version. */
  reached: z.strictObject({ rooms: Count, told: Count }).nullable(),
  tools: z.array(
    z.strictObject({ name: z.string(), effect: z.enum(['read', 'change', 'outside']) }),
  ),
  /** Those that a price is known of. */
  models: z.array(z.string()),
  rooms: z.array(Id),
  heardAt: Time.nullable(),
  botKey: Finding,
  webhook: z.strictObject({ url: z.string(), needsSecret: z.boolean() }),
  usage: z.strictObject({ timeZone: z.string(), today: Usage, month: Usage }),
})
export type BotView = z.infer<typeof BotView>

/** `GET /bots/:bot/versions/:version`: a version, and what is other there than in another. */
export const BotComparison = z.strictObject({
  name: z.string(),
  version: Source,
  with: Source,
  goesBy: Source,
  words: Words,
  fields: z.array(z.strictObject({ name: Field, before: z.unknown(), after: z.unknown() })),
  instructions: z
    .array(z.strictObject({ is: z.enum(['same', 'gone', 'new']), text: z.string() }))
    .nullable(),
})
export type BotComparison = z.infer<typeof BotComparison>

/** `PATCH /bots/:bot/version`: back to an earlier one. */
export const BackTo = z.strictObject({ number: Id })

/** `PATCH /bots/:bot/test`: words that it says in a room; under one `id` only once. */
export const BotTest = z.strictObject({
  room: Id,
  words: z.string().trim().min(1).max(2_000),
  id: z.string().min(1).max(100).optional(),
})

/** Of one room. */
export const Queue = z.strictObject({
  waiting: Count,
  running: Count,
  /** The age of whatever waits or runs longest. */
  oldestMs: Count.nullable(),
})

export type Queue = z.infer<typeof Queue>

/** `GET /queue/stats`: what waits and runs, and in which rooms. */
export const QueueStats = z.strictObject({
  waiting: Count,
  running: Count,
  oldestMs: Count,
  rooms: z.array(Queue.extend({ room: Id, bot: Id, asOf: Time })),
})
export type QueueStats = z.infer<typeof QueueStats>

/** `GET /session/stats`: what all turns so far came to. */
export const SessionStats = z.strictObject({
  rooms: Count,
  turns: Count,
  replied: Count,
  silent: Count,
  stopped: Count,
  failed: Count,
  parked: Count,
  hot: Count,
  warm: Count,
  cold: Count,
  steps: Count,
  inputTokens: Count,
  cachedTokens: Count,
  outputTokens: Count,
  /** Null: no price is known of anything. */
  costDollars: z.number().min(0).nullable(),
  /** How often a session was told in short; its tokens and cost are among those above. */
  compactions: Count,
  /** Turns, and compactions, with a model whose price we do not know: that is not in the cost. */
  turnsWithoutPrice: Count,
  meanTurnMs: Count.nullable(),
  lastTurnAt: Time.nullable(),
  /** Rooms whose last turn ended within that time. */
  activeWithin: z.strictObject({ hour: Count, day: Count, week: Count }),
})
export type SessionStats = z.infer<typeof SessionStats>

/** `PATCH /rooms/:room/:bot/settings` answers what is set here; null and missing: as the bot's file says. */
export const SettingsSet = z.strictObject({
  ttlMinutes: z.int().positive().nullable().optional(),
  model: z.string().nullable().optional(),
  reply: z.enum(['grow', 'whole']).nullable().optional(),
  speaks: z.enum(['mentioned', 'always']).nullable().optional(),
  maxSteps: z.int().positive().nullable().optional(),
  maxMinutes: z.number().positive().nullable().optional(),
  index: z.enum(['on', 'off']).nullable().optional(),
})

const Turn = z.strictObject({
  id: Id,
  /** As the room was told it, and as the log has it. */
  reference: z.string(),
  kind: z.enum(['told', 'talk', 'help', 'forget', 'why']),
  state: z.enum(['running', 'paused', 'replied', 'silent', 'stopped', 'failed', 'parked']),
  /** Why it spoke, or kept silent. */
  reason: z.string().nullable(),
  tier: z.enum(['hot', 'warm', 'cold']),
  askerId: Id,
  startedAt: Time,
  endedAt: Time.nullable(),
  dueAt: Time.nullable(),
  crashes: Count,
  failures: Count,
  stoppedBy: z.enum(['operator', 'asker']).nullable(),
  error: z.string().nullable(),
  /** What the API calls its calls, to ask about them there; of those that have such a name. */
  requests: z.array(z.strictObject({ step: Id, state: z.string(), request: z.string() })),
  /** The messages that it took. */
  messages: z.array(Id),
  /** Its own messages; without an id, one that never stood or cannot be known. */
  replies: z.array(
    z.strictObject({
      /** From 1; what gave way to others has less. */
      part: z.int(),
      message: Id.nullable(),
      state: z.enum([
        'drafting',
        'draft',
        'intended',
        'doubted',
        'posted',
        // On a Campfire that cannot list: it may stand twice; it may be missing.
        'doubtful',
        'missing',
        'stale',
        'gone',
        'lost',
        // Instead of the answer, or beside it.
        'apology',
        'telling',
        'told',
      ]),
    }),
  ),
  /** Boosts that said that it was at it. */
  signs: z.array(z.strictObject({ message: Id, boost: Id.nullable() })),
})

const Dollars = z.number().min(0)
const Tokens = z.strictObject({
  /** What was neither read from the cache nor written to it. */
  input: Count,
  cacheRead: Count,
  cacheWrite: Count,
  output: Count,
  /** Of the output. */
  thinking: Count.nullable(),
})

/** `GET /rooms/:room/:bot/turns/:turn`: a turn in full, and no word of what was said. */
export const TurnReceipt = z.strictObject({
  url: z.url(),
  room: Id,
  bot: Id,
  turn: Id,
  reference: z.string(),
  kind: Turn.shape.kind,
  state: Turn.shape.state,
  /** Why it spoke, or kept silent. */
  reason: z.string().nullable(),
  tier: Turn.shape.tier,
  /** Below zero: whoever knows the webhook's secret named them. */
  askerId: z.int(),
  startedAt: Time,
  endedAt: Time.nullable(),
  crashes: Count,
  failures: Count,
  stoppedBy: Turn.shape.stoppedBy,
  error: z.string().nullable(),
  /** The model that it had to turn to. */
  fallbackModel: z.string().nullable(),
  /** Of the Worker, of the bot's file and of its instructions; a turn of before this was kept has none. */
  version: z.strictObject({
    worker: z.string().nullable(),
    bot: z.string().nullable(),
    /** The version of the bot that an operator had saved, if it went by one. */
    saved: z.union([z.literal('file'), Id]),
    instructions: z.string().nullable(),
  }),
  messages: z.array(Id),
  /** Each call of the model, those that came to nothing too. */
  steps: z.array(
    z.strictObject({
      number: Id,
      kind: z.string(),
      state: z.string(),
      model: z.string(),
      stop: z.string().nullable(),
      error: z.string().nullable(),
      /** The API's own name for it. */
      request: z.string().nullable(),
      askedAt: Time,
      endedAt: Time.nullable(),
      firstTokenMs: Count.nullable(),
      tokens: Tokens.nullable(),
      searches: Count,
      /** Null: no price is known of the model. */
      costDollars: Dollars.nullable(),
      /** False: nobody told what was used, so it is booked at its worst. */
      isExact: z.boolean(),
      /** Null: no limit was set. */
      reserveDollars: Dollars.nullable(),
      /** Why the prompt cache was not used further, where the API has told. */
      cacheMiss: z.strictObject({ reason: z.string(), tokens: Count.nullable() }).nullable(),
    }),
  ),
  tools: z.array(
    z.strictObject({
      step: Id,
      number: Id,
      name: z.string(),
      /** Null: the bot has no such tool now. */
      effect: z.enum(['read', 'change', 'outside']).nullable(),
      state: z.string(),
      endedAt: Time.nullable(),
      ms: Count.nullable(),
      /** What was said to the wish, and by whom. */
      approval: z.strictObject({ outcome: z.string(), by: z.int().nullable() }).nullable(),
    }),
  ),
  replies: z.array(
    z.strictObject({
      part: z.int(),
      message: Id.nullable(),
      state: z.string(),
      file: z.boolean(),
      /** How many people it mentions, and so notifies. Null: a file, or its words are gone. */
      mentions: Count.nullable(),
    }),
  ),
  /** How often its messages were edited as they grew. Null: that was not kept. */
  edits: Count.nullable(),
  signs: Turn.shape.signs,
  /** How the session was told in short after it. */
  compactions: z.array(
    z.strictObject({
      id: Id,
      kind: z.string(),
      state: z.string(),
      model: z.string(),
      endedAt: Time.nullable(),
      tokens: Tokens.nullable(),
      costDollars: Dollars.nullable(),
    }),
  ),
  /** All of it, to the millionth. */
  costDollars: Dollars,
  callsWithoutPrice: Count,
})
export type TurnReceipt = z.infer<typeof TurnReceipt>

export const CostRow = z.strictObject({
  day: z.iso.date().optional(),
  bot: Id.optional(),
  /** Null: no key is known of it any more. */
  botName: z.string().nullable().optional(),
  room: Id.optional(),
  /** Below zero: whoever knows the webhook's secret named them. Null: nobody had asked. */
  person: z.int().nullable().optional(),
  /** Null: turns that asked none. */
  model: z.string().nullable().optional(),
  /** Each once, with the model that it ended with. */
  turns: Count,
  calls: Count,
  inputTokens: Count,
  cacheReadTokens: Count,
  cacheWriteTokens: Count,
  outputTokens: Count,
  costDollars: Dollars,
  callsWithoutPrice: Count,
})
export type CostRow = z.infer<typeof CostRow>

/** `GET /costs`: what was spent from a day through another. */
export const Costs = z.strictObject({
  by: z.array(z.enum(['day', 'bot', 'room', 'person', 'model'])),
  from: z.iso.date(),
  to: z.iso.date(),
  /** Of the days. */
  timeZone: z.string(),
  rows: z.array(CostRow),
  total: CostRow,
})
export type Costs = z.infer<typeof Costs>

const RoomIndexed = z.union([
  z.strictObject({ state: z.enum(['off', 'not asked for']) }),
  z.strictObject({
    state: z.enum(['listing', 'complete']),
    /** Messages, in all and today. */
    listed: z.int().min(0),
    listedToday: z.int().min(0),
    reachesBackTo: Time.nullable(),
    toTheFirst: z.boolean(),
    nextPageAt: Time.nullable(),
    failures: z.int().min(0),
    /** Pages that Campfire could not give. */
    passedOver: z.int().min(0),
  }),
])

/** `GET /rooms/:room/:bot`: state, settings and the newest turns; with `?before=` older ones. */
export const RoomOverview = z.strictObject({
  url: z.url(),
  room: Id,
  bot: Id,
  name: z.string().nullable(),
  direct: z.boolean(),
  queue: Queue,
  session: z.strictObject({ startedAt: Time, expiresAt: Time.nullable(), fromTurn: Id }).nullable(),
  settings: z
    .strictObject({
      ttlMinutes: z.int().positive(),
      model: z.string(),
      reply: z.enum(['grow', 'whole']),
      speaks: z.strictObject({
        inRooms: z.enum(['mentioned', 'always']),
        inDirects: z.enum(['mentioned', 'always']),
      }),
      index: z.enum(['on', 'off']),
      limits: z.strictObject({
        steps: z.int().positive(),
        minutes: z.number().positive(),
        outputTokens: z.int().positive(),
      }),
      set: SettingsSet,
    })
    .nullable(),
  /** How far what everybody said here can be found. */
  index: RoomIndexed.nullable(),
  turns: z.array(Turn),
})
export type RoomOverview = z.infer<typeof RoomOverview>

/** What the bot was told, has read and has said; of what is long the beginning, and null where it is gone. */
const Conversation = z.strictObject({
  /** The first turn that it remembers word for word. */
  fromTurn: Id.nullable(),
  /** Told in place of what was before. */
  summary: z.string().nullable(),
  pinned: z.string().nullable(),
  /** The newest first. */
  turns: z.array(
    z.strictObject({
      turn: Id,
      askerName: z.string(),
      prompt: z.string().nullable(),
      asked: z.array(
        z.strictObject({
          id: Id.nullable(),
          author: z.string(),
          file: z.string().nullable(),
          text: z.string(),
        }),
      ),
      steps: z.array(
        z.strictObject({
          number: Id,
          kind: z.string(),
          state: z.string(),
          notice: z.string().nullable(),
          text: z.string(),
          tools: z.array(
            z.strictObject({
              number: Id,
              name: z.string(),
              state: z.string(),
              input: z.string(),
              result: z.string().nullable(),
            }),
          ),
        }),
      ),
      /** What the room was told instead of an answer. */
      sentence: z.string().nullable(),
      costDollars: Dollars,
      canTryAgain: z.boolean(),
      /** By which turn; null while that is still to come. */
      triedAgain: z.strictObject({ turn: Id.nullable() }).nullable(),
      /** The model reads it still. */
      isRemembered: z.boolean(),
    }),
  ),
  /** `?before=` for what is older. */
  olderThan: Id.nullable(),
})

/** `GET /rooms/:room/:bot`: the room, and the conversation there as the bot sees it. */
export const RoomView = RoomOverview.extend({
  now: Time,
  botName: z.string(),
  /** Where people read it. */
  address: z.string(),
  conversation: Conversation,
})
export type RoomView = z.infer<typeof RoomView>

/** `GET /rooms`: whoever told something last comes first. */
export const Roster = z.strictObject({
  now: Time,
  /** What was searched for. */
  words: z.string(),
  found: Count,
  all: Count,
  page: Id,
  pages: Id,
  rooms: z.array(
    z.strictObject({
      room: Id,
      bot: Id,
      /** Null: no key is known of it any more. */
      botName: z.string().nullable(),
      /** Null: a direct, or nobody has told. */
      name: z.string().nullable(),
      direct: z.boolean(),
      running: z.boolean(),
      waiting: Count,
      toldAt: Time,
      lastTurnAt: Time.nullable(),
      turns: Count,
      failed: Count,
      costDollars: Dollars,
      /** Campfire says that the bot is not in it any more. */
      out: z.strictObject({ since: Time, deletes: Time }).nullable(),
    }),
  ),
})
export type Roster = z.infer<typeof Roster>

/** A line of `GET /rooms/:room/:bot/session`: first the summary of the session before, if any. */
export const SessionLine = z.union([
  z.strictObject({ summary: z.string() }),
  z.strictObject({
    turn: Id,
    prompt: z.string(),
    steps: z.array(
      z.strictObject({
        number: Id,
        kind: z.string(),
        state: z.string(),
        model: z.string(),
        notice: z.string().nullable(),
        /** Content blocks as in the Messages API. */
        content: z.array(z.looseObject({ type: z.string() })),
        stop: z.string().nullable(),
        results: z.array(
          z.strictObject({
            tool_use_id: z.string(),
            state: z.string(),
            result: z.unknown(),
          }),
        ),
      }),
    ),
    /** What the room was told instead of an answer. */
    sentence: z.string().optional(),
  }),
])

/** `PATCH /budgets`. Each budget is checked, and told of, by itself; null: as the variable says. */
export const BudgetChanges = z.strictObject({ budgets: z.array(z.unknown()).nullable() })
export type BudgetChanges = z.infer<typeof BudgetChanges>

/** `GET /budgets`: what may be spent, what was, and what is reserved for calls and rooms. */
export const BudgetsView = z.strictObject({
  /** The field for which nothing may be spent at all until it is put right. */
  broken: z.string().nullable(),
  /** Set by `PATCH`, or by `BUDGETS`. */
  from: z.enum(['here', 'variable']),
  timeZone: z.string().nullable(),
  budgets: z.array(
    z.strictObject({
      for: z.string(),
      per: z.enum(['day', 'week', 'month']),
      usd: z.number().min(0),
      spentUsd: z.number().min(0),
      reservedUsd: z.number().min(0),
      /** What calls came to beyond their reserve: those with the API's own tools can. */
      excessUsd: z.number().min(0),
      from: Time,
      until: Time,
    }),
  ),
})
export type BudgetsView = z.infer<typeof BudgetsView>

/** `GET /`: what goes on at this moment, and how the day went so far. */
export const Now = z.strictObject({
  version: z.string(),
  now: Time,
  queue: z.strictObject({
    waiting: Count,
    running: Count,
    oldestMs: Count,
    rooms: z.array(Queue.extend({ room: Id, bot: Id, botName: z.string().nullable(), asOf: Time })),
  }),
  /** As far as rooms have told: a room tells every ten minutes, or twenty turns. */
  today: z.strictObject({
    day: z.string(),
    timeZone: z.string(),
    replied: Count,
    silent: Count,
    stopped: Count,
    failed: Count,
    parked: Count,
    costDollars: z.number().min(0),
    callsWithoutPrice: Count,
  }),
  limits: BudgetsView,
  campfire: z.strictObject({
    address: z.string(),
    rooms: Count,
    /** Null: not tried yet. */
    abilities: z.array(
      z.strictObject({ name: z.enum(['list', 'edit', 'boost']), has: z.boolean().nullable() }),
    ),
  }),
})
export type Now = z.infer<typeof Now>

/** Every refusal. */
export const Refusal = z.strictObject({ error: z.string() })
export type Refusal = z.infer<typeof Refusal>
