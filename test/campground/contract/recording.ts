import { z } from 'zod'
import main from '../../captures/rails-main.json'
import released from '../../captures/rails-v1.4.9.json'

const Bytes = z.object({ base64: z.string() })
const Headers = z.record(z.string(), z.string())

const Saved = z.union([
  z.literal('nothing'),
  z.array(
    z.object({
      id: z.number(),
      html: z.string().nullable(),
      file: z.string().nullable().default(null),
    }),
  ),
])

const Exchange = z.object({
  what: z.string(),
  before: z.string().optional(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: Headers.default({}),
    body: z.union([z.string(), Bytes]).optional(),
    /** The bytes of a form, where `body` only describes it. */
    raw: z.union([z.string(), Bytes]).optional(),
    /** The body is cut off, and has to be made from what it is said to be. */
    cut: z.boolean().default(false),
  }),
  response: z.object({
    /** None from a server that is down. */
    status: z.number().optional(),
    headers: Headers.default({}),
    body: z.json().optional(),
    /** Of a list only those entries were kept that matter. */
    bodyNote: z.string().optional(),
  }),
  saved: Saved.optional(),
})
export type Exchange = z.infer<typeof Exchange>

const Sent = z.object({ path: z.string(), headers: Headers, body: z.string() })

const Webhook = z.object({
  what: z.string(),
  posted: z
    .object({
      by: z.string(),
      path: z.string().default('/rooms/41/messages'),
      'message[body]': z.string().optional(),
      'message[attachment]': z.string().optional(),
      /** Through the API. */
      body: z.string().optional(),
      'then PATCH': z.string().optional(),
    })
    .optional(),
  /** Null: nothing comes. */
  request: Sent.nullish(),
  requests: z.array(Sent).optional(),
  answer: z
    .union([
      z.literal('connection closed'),
      z.object({
        status: z.number(),
        'content-type': z.string().optional(),
        location: z.string().optional(),
        body: z.string().optional(),
        after_ms: z.number().optional(),
      }),
    ])
    .optional(),
  /** The list, of a Campfire that can; else the rows. */
  room_after: z.json().optional(),
  stored_after: z.json().optional(),
})
export type Webhook = z.infer<typeof Webhook>

const Recording = z.object({ exchanges: z.array(Exchange), webhooks: z.array(Webhook) })
export type Recording = z.infer<typeof Recording>

/** What running Campfires said, word for word: keys, hosts and avatars are fakes. */
export const RECORDINGS = {
  rails: Recording.parse(main),
  'v1.4.9': Recording.parse(released),
}
