import * as z from 'zod'
import { cutShort, Id, MOST_TEXT, Name, shortName, Text } from './message.ts'
import { visible } from './visible.ts'

/** One webhook POST, whichever of the two shapes it came in. */
export interface Delivery {
  /** The key inside room.path; null in the flat shape, which WEBHOOK_SECRET must vouch for. */
  key: string | null
  /** Of anything but a 'message' only this and the key mean something. */
  type: string | null
  room: { id: number; name: string | null; direct: boolean }
  author: { id: number; name: string | null }
  message: { id: number | null; html: string | null; plain: string; file: string | null }
}

/** `field` names the first thing that was wrong, never what stood there. */
type Reading = { ok: true; delivery: Delivery } | { ok: false; field: string }

export function readDelivery(json: unknown): Reading {
  const read = shapeOf(json).safeParse(json)
  if (read.success) return { ok: true, delivery: read.data }
  return { ok: false, field: read.error.issues[0]?.path.join('.') || 'payload' }
}

// Chosen before it is parsed, so that what is wrong is named within the shape that was meant.
function shapeOf(json: unknown): z.ZodType<Delivery> {
  const { type, room } = Outline.parse(json)
  const isMessage = typeof type !== 'string' || type === 'message'
  if (room && 'path' in room) return isMessage ? OwnMessage : OwnOther
  return isMessage ? FlatMessage : FlatOther
}

const Outline = z
  .object({
    type: z.unknown().optional(),
    room: z.record(z.string(), z.unknown()).optional().catch(undefined),
  })
  .catch({ type: null, room: undefined })

const Type = z
  .string()
  .nullish()
  .transform((type) => type ?? null)

const Person = z.object({ id: Id, name: Name })

const RoomPath = z.string().transform((path, context) => {
  const [, room, key] = /^\/rooms\/(\d+)\/(\d+-[A-Za-z0-9]+)\/messages$/.exec(path) ?? []
  if (room && key) return { room, key }
  context.addIssue('not the address of a room with a key in it')
  return z.NEVER
})

const Body = z.object({ html: Text.nullish(), plain: Text.nullish() })
type Body = z.infer<typeof Body>

const OwnMessage = z
  .object({
    type: Type,
    user: Person,
    room: z
      .object({ id: Id, name: Name, path: RoomPath })
      .refine(({ id, path }) => String(id) === path.room, { path: ['path'] }),
    message: z.object({ id: Id, body: Body.refine(saysSomething, { path: ['plain'] }) }),
  })
  .transform(({ type, user, room, message }) => ({
    key: room.path.key,
    type,
    // There is no type of room in it; only a direct has no name.
    room: { id: room.id, name: room.name, direct: room.name === null },
    author: user,
    message: { id: message.id, ...contentOf(message.body) },
  }))

const FlatMessage = z
  .object({
    type: Type,
    creator: Person.nullish(),
    user: Person.nullish(),
    room: z.object({ id: Id, name: Name }),
    content: Text.nullish(),
    message: z.preprocess(
      (message) => (typeof message === 'string' ? { content: message } : message),
      z
        .object({
          id: Id.nullish(),
          content: Text.nullish(),
          plain: Text.nullish(),
          body: z.preprocess(
            (body) => (typeof body === 'string' ? { plain: body } : body),
            Body.nullish(),
          ),
        })
        .nullish(),
    ),
  })
  .transform(({ type, creator, user, room, content, message }, context) => {
    const author = creator ?? user
    const said = content ?? message?.content ?? message?.plain
    const body =
      said == null ? (message?.body ?? {}) : { html: message?.body?.html || undefined, plain: said }
    if (!author) context.addIssue({ code: 'custom', path: ['creator'] })
    if (!saysSomething(body)) context.addIssue({ code: 'custom', path: ['content'] })
    if (!author) return z.NEVER

    return {
      key: null,
      type,
      // Whoever sends this shape may leave the name out of any room.
      room: { ...room, direct: false },
      author,
      message: { id: message?.id ?? null, ...contentOf(body) },
    }
  })

const NOBODY = { id: 0, name: null }
const NOTHING = { id: null, html: null, plain: '', file: null }

// Other types have other bodies (clicks on buttons have no message at all): it only has to be clear
// whom they were for.
const OwnOther = z
  .object({ type: z.string(), room: z.object({ path: RoomPath }) })
  .transform(({ type, room: { path } }) => ({
    key: path.key,
    type,
    room: { id: Number(path.room), name: null, direct: false },
    author: NOBODY,
    message: NOTHING,
  }))

const FlatOther = z.object({ type: z.string() }).transform(({ type }) => ({
  key: null,
  type,
  room: { id: 0, name: null, direct: false },
  author: NOBODY,
  message: NOTHING,
}))

function saysSomething({ html, plain }: Body) {
  return typeof plain === 'string' || typeof html === 'string'
}

/** A file comes with its name as text, and null (Rails) or "" (the Express port) for html. */
function contentOf({ html, plain }: Body) {
  const isFile = html !== undefined && !html?.trim() && Boolean(plain)
  return {
    html: html || null,
    plain: visible(cutShort(plain ?? '', MOST_TEXT)),
    file: isFile && plain ? shortName(plain) : null,
  }
}
