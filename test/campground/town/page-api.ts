import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Campground } from '../campground.ts'
import type { Message } from '../messages.ts'
import { stateOf, viewOf } from './view.ts'

const Said = z.intersection(
  z.object({ person: z.number(), replyTo: z.number().optional() }),
  z.union([
    z.object({ html: z.string() }),
    z.object({ text: z.string(), mentions: z.array(z.number()).default([]) }),
  ]),
)
const Boosting = z.object({ person: z.number(), content: z.string().trim().min(1).max(16) })
const Upload = z.object({ person: z.coerce.number(), file: z.instanceof(File) })

/** What the page asks of the town; people have no passwords here, they just say who they are. */
export function pageApi(camp: Campground) {
  const api = new Hono().basePath('/api')

  api.get('/state', (c) => c.json(stateOf(camp)))

  api.post('/rooms/:room/messages', async (c) => {
    const { person, replyTo, ...what } = Said.parse(await c.req.json())
    const reply = replyTo === undefined ? {} : { replyTo }
    const { message } = camp.says(person, roomIn(c, person), { ...what, ...reply })
    return c.json(viewOf(message, camp), 201)
  })

  api.post('/rooms/:room/files', async (c) => {
    const { person, file } = Upload.parse(await c.req.parseBody())
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { name, type } = file
    const { message } = camp.says(person, roomIn(c, person), { file: { name, type, bytes } })
    return c.json(viewOf(message, camp), 201)
  })

  api.patch('/messages/:message', async (c) => {
    const { person, replyTo: _, ...what } = Said.parse(await c.req.json())
    const message = ownMessageIn(c, person)
    camp.editAsPerson(message, what)
    return c.json(viewOf(message, camp))
  })

  api.delete('/messages/:message', (c) => {
    camp.deleteMessage(ownMessageIn(c, Number(c.req.query('person'))))
    return c.body(null, 204)
  })

  api.post('/messages/:message/boosts', async (c) => {
    const { person, content } = Boosting.parse(await c.req.json())
    const message = messageIn(c)
    camp.boostAsPerson(person, message, content)
    return c.json(viewOf(message, camp), 201)
  })

  api.delete('/messages/:message/boosts/:boost', (c) => {
    const message = messageIn(c)
    const id = Number(c.req.param('boost'))
    const boost = message.boosts.find((boost) => boost.id === id)
    if (boost?.booster !== Number(c.req.query('person'))) return c.body(null, 403)
    camp.unboost(message, boost)
    return c.body(null, 204)
  })

  // Never shown by the browser itself: a page among the files would run as ours.
  api.get('/messages/:message/file', (c) => {
    const { file } = messageIn(c)
    if (!file) return c.body(null, 404)
    const name = encodeURIComponent(file.name)
    return c.body(new Uint8Array(file.bytes), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'x-content-type-options': 'nosniff',
    })
  })

  api.onError((error, c) => c.json({ error: error.message }, 400))

  return api

  function roomIn(c: Context, person: number) {
    const room = camp.rooms.get(Number(c.req.param('room')))
    if (!room.members.includes(person)) throw new Error('You are not in this room')
    return room
  }

  function messageIn(c: Context): Message {
    return camp.messages.get(Number(c.req.param('message')))
  }

  function ownMessageIn(c: Context, person: number): Message {
    const message = messageIn(c)
    const administers = camp.people.get(person).role === 'administrator'
    if (message.creator !== person && !administers) throw new Error('This message is not yours')
    return message
  }
}
