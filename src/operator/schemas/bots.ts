import * as z from 'zod'
import { Words } from '../../bots.ts'
import { Finding } from '../doctor.ts'
import { Count, Id, Source, Time } from './parts.ts'

const Field = Words.keyof()

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
  rooms: z.array(z.strictObject({ room: Id, name: z.string().nullable(), direct: z.boolean() })),
  heardAt: Time.nullable(),
  botKey: Finding,
  webhook: z.strictObject({ url: z.string(), needsSecret: z.boolean() }),
  /** Other people's, whose tools it uses. `none`: it takes no sign-in. */
  servers: z.array(
    z.strictObject({
      server: z.string(),
      host: z.string(),
      signIn: z.enum(['none', 'out', 'in', 'ended']),
    }),
  ),
  usage: z.strictObject({ timeZone: z.string(), today: Usage, month: Usage }),
})
export type BotView = z.infer<typeof BotView>

/** `GET /bots/:bot/versions/:version`: a version, and what is other there than in another. */
export const BotComparison = z.strictObject({
  name: z.string(),
  /** The number of the newest version; 0 where none was ever saved. */
  newest: Count,
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

/** `PATCH /bots/:bot/version`: back to an earlier one, unless somebody saved one since `from`. */
export const BackTo = z.strictObject({ number: Id, from: Count.nullable().optional() })

/** `PATCH /bots/:bot/test`: words that it says in a room; under one `id` only once. */
export const BotTest = z.strictObject({
  room: Id,
  words: z.string().trim().min(1).max(2_000),
  id: z.string().min(1).max(100).optional(),
})
