import * as z from 'zod'

const Id = z.int().positive()
const Count = z.int().min(0)
const Time = z.iso.datetime()

const Where = z.strictObject({
  room: Id,
  bot: Id,
  /** Null: no key is known of it any more. */
  botName: z.string().nullable(),
  /** Null: a direct, or it has not told. */
  name: z.string().nullable(),
  direct: z.boolean(),
})
export type Where = z.infer<typeof Where>

export const Act = z.strictObject({
  number: Id,
  at: Time,
  /** `token`, `page`, or what Cloudflare Access calls them. */
  who: z.string(),
  what: z.string(),
  about: z.string(),
  /** Null: it was begun, and whether it was done is not known; it runs, or something died on the way. */
  outcome: z.enum(['done', 'refused']).nullable(),
})

export type Act = z.infer<typeof Act>

/** `GET /acts`: what operators did, the newest first; `?before=` for older ones. Never the words of anybody. */
export const Acts = z.strictObject({ acts: z.array(Act), next: Id.nullable() })
export type Acts = z.infer<typeof Acts>

/** `GET /status`: what an operator should look at, as reported so far. */
export const Status = z.strictObject({
  version: z.string(),
  now: Time,
  /** Rooms that a bot is surely out of, and when what is kept of them is deleted, or was. */
  out: z.array(Where.extend({ since: Time, deletesAt: Time, deletedAt: Time.nullable() })),
  /** Turns that were set aside within thirty days, the newest first. */
  parked: z.array(Where.extend({ turn: Id, at: Time })),
  /** Rooms whose turns failed or were set aside within seven days, the worst first. */
  failing: z.array(Where.extend({ failed: Count, parked: Count, turn: Id, at: Time })),
  /** Rooms that did not answer just now; of those that have something to do so many are asked. */
  silent: z.array(Where),
  /** Messages whose webhook never arrived and a look found: how many there ever were, and the last. */
  missed: z.array(Where.extend({ count: Count, message: Id, at: Time })),
  acts: z.array(Act),
})
export type Status = z.infer<typeof Status>
