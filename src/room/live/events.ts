import * as z from 'zod'

// What whoever watches a room is told, as JSON, one event a message of the socket. Each has a `sequence`: one
// more than the last, or something was left out.

const Id = z.int()
const Time = z.iso.datetime()

const WatchedTool = z.strictObject({
  number: Id,
  name: z.string(),
  /** `intended` while it runs. */
  state: z.enum(['intended', 'ok', 'error', 'unknown', 'waiting']),
  /** What people read meanwhile; empty where it has nothing to say. */
  status: z.string(),
})

const WatchedStep = z.strictObject({
  number: Id,
  kind: z.enum(['talk', 'last', 'summary', 'approved']),
  /** `asked` while the model is at it. */
  state: z.enum(['asked', 'answered', 'failed', 'lost', 'stopped']),
  model: z.string(),
  /** So far. */
  text: z.string(),
  tools: z.array(WatchedTool),
})
export type WatchedStep = z.infer<typeof WatchedStep>

const WatchedReply = z.strictObject({
  part: Id,
  state: z.string(),
  /** Its number in Campfire, once it stands. */
  message: Id.nullable(),
})

/** A turn as it is at this moment. */
export const WatchedTurn = z.strictObject({
  id: Id,
  kind: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  asker: z.strictObject({ id: Id, name: z.string() }),
  /** What the model reads of it; of what is long the beginning. Null: nothing, or it is gone. */
  prompt: z.string().nullable(),
  startedAt: Time,
  endedAt: Time.nullable(),
  steps: z.array(WatchedStep),
  replies: z.array(WatchedReply),
  /** How often its messages were edited as they grew, in this life of the room. */
  edits: Id,
})
export type WatchedTurn = z.infer<typeof WatchedTurn>

/** What changed of a turn. */
export const TurnChange = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('begins'), turn: WatchedTurn }),
  z.strictObject({ type: z.literal('state'), turn: Id, state: z.string() }),
  WatchedStep.pick({ number: true, kind: true, state: true, model: true }).extend({
    type: z.literal('step'),
    turn: Id,
  }),
  /** From the character `at` on the step says this, and nothing behind it. */
  z.strictObject({
    type: z.literal('text'),
    turn: Id,
    step: Id,
    at: Id,
    text: z.string(),
  }),
  WatchedTool.extend({ type: z.literal('tool'), turn: Id, step: Id }),
  WatchedReply.extend({ type: z.literal('reply'), turn: Id, edits: Id }),
])
export type TurnChange = z.infer<typeof TurnChange>

/** Everything that a watcher is told. */
export const LiveEvent = z.discriminatedUnion('type', [
  /** All that is under way, and what has ended since the turn that the watcher knew last, oldest first. */
  z.strictObject({
    type: z.literal('snapshot'),
    waiting: Id,
    turns: z.array(WatchedTurn),
    /** There was more than is told here: the page has it. */
    more: z.boolean(),
  }),
  z.strictObject({ type: z.literal('waiting'), waiting: Id }),
  ...TurnChange.options,
  /** With its receipt; null where its room does not know who speaks there any more. */
  z.strictObject({
    type: z.literal('ends'),
    turn: Id,
    state: z.string(),
    receipt: z.record(z.string(), z.unknown()).nullable(),
  }),
  /** Too much was sent that the watcher has not taken in: it gets a snapshot when it says what it has seen. */
  z.strictObject({ type: z.literal('resync') }),
])
export type LiveEvent = z.infer<typeof LiveEvent>

/** What a watcher says: the sequence of the last event that it has taken in. */
export const Seen = z.strictObject({ seen: z.int().min(0) })
