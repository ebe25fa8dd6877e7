import * as z from 'zod'
import { Count, Dollars, Id, Source, Time } from './parts.ts'

export const Turn = z.strictObject({
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
  /** Messages it posted; without an id, one that never stood or cannot be known. */
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
        // It would not go, and is removed later.
        'left',
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

const Tokens = z.strictObject({
  /** What was neither read from the cache nor written to it. */
  input: Count,
  cacheRead: Count,
  cacheWrite: Count,
  output: Count,
  /** Of the output. */
  thinking: Count.nullable(),
})

/** A call of the model: for a step, or to tell the session in short. */
const Call = z.strictObject({
  kind: z.string(),
  state: z.string(),
  model: z.string(),
  error: z.string().nullable(),
  /** The API's own name for it. */
  request: z.string().nullable(),
  askedAt: Time,
  endedAt: Time.nullable(),
  tokens: Tokens.nullable(),
  /** Null: no price is known of the model. */
  costDollars: Dollars.nullable(),
  /** False: nobody told what was used, so it is booked at its worst. */
  isExact: z.boolean(),
  /** Null: no limit was set. */
  reserveDollars: Dollars.nullable(),
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
    saved: Source,
    instructions: z.string().nullable(),
  }),
  messages: z.array(Id),
  /** Each call of the model, those that came to nothing too. */
  steps: z.array(
    Call.extend({
      number: Id,
      stop: z.string().nullable(),
      firstTokenMs: Count.nullable(),
      searches: Count,
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
  /** What code has made, and what became of it. */
  madeFiles: z.array(z.strictObject({ name: z.string().nullable(), outcome: z.string() })),
  replies: z.array(
    z.strictObject({
      part: z.int(),
      message: Id.nullable(),
      state: z.string(),
      file: z.boolean(),
      /** How many people it mentioned when it was posted, and so notified. Null: a file, or its words are gone. */
      mentions: Count.nullable(),
    }),
  ),
  /** How often its messages were edited as they grew. Null: that was not kept. */
  edits: Count.nullable(),
  signs: Turn.shape.signs,
  /** How the session was told in short after it. */
  compactions: z.array(Call.extend({ id: Id })),
  /** All of it, to the millionth. */
  costDollars: Dollars,
  callsWithoutPrice: Count,
})
export type TurnReceipt = z.infer<typeof TurnReceipt>

/** `GET /rooms/:room/:bot/turns/:turn`. */
export const ReceiptView = TurnReceipt.extend({ botName: z.string() })
export type ReceiptView = z.infer<typeof ReceiptView>
