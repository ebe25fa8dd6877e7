import { traitsOf } from '../dialect.ts'
import { isBrokenImage } from '../image.ts'
import { depthOf, parse } from '../markup.ts'
import type { Content, Message } from '../messages.ts'
import type { Person } from '../people.ts'
import type { Room } from '../rooms.ts'
import type { Body } from './body.ts'
import { boostAsJson, isBroken, isRefused, messageAsJson } from './json.ts'
import { list } from './list.ts'
import type { Replies } from './replies.ts'
import type { Town } from './town.ts'

export interface Visit {
  town: Town
  request: Request
  url: URL
  replies: Replies
  body: Body
  bot: Person
  room: Room
  message: Message | undefined
  boostId: number
}

export type Doing = (visit: Visit) => Response

const DEEPEST = 400

export const DOINGS: Record<string, Doing | undefined> = {
  'GET messages': list,
  'POST messages': create,
  'PATCH message': update,
  'PUT message': update,
  'DELETE message': destroy,
  'POST boosts': boost,
  'DELETE boost': unboost,
}

function create({ town, replies, body, bot, room }: Visit) {
  const content = contentOf(body)
  if (!content) return replies.broken()
  const blank = content.html !== null && content.html.trim() === ''
  if (blank && traitsOf(town.dialect).blankIsRefused) return replies.blank()

  const message = town.post({ ...content, room: room.id, creator: bot.id, via: 'api' })
  if (diesAfterSaving(message, town)) return replies.broken()

  // Whoever waits for it waits by `settled`: Campfire does not.
  void town.deliver(message)
  return replies.created(room.id, message.id)
}

function update({ town, replies, body, bot, message }: Visit) {
  if (!message) return replies.noMessage()
  if (message.creator !== bot.id) return replies.forbidden()
  const content = contentOf(body)
  if (!content) return replies.broken()

  town.edit(message, content)
  if (diesAfterSaving(message, town) || isBroken(message, town)) return replies.broken()
  return replies.json(200, messageAsJson(message, town, replies.origin))
}

function destroy({ town, replies, bot, message }: Visit) {
  if (!message) return replies.noMessage()
  if (message.creator !== bot.id) return replies.forbidden()

  town.deleteMessage(message)
  return replies.noContent()
}

function boost({ town, replies, body, bot, message }: Visit) {
  if (!message) return replies.noBoost()
  if (body === 'unreadable' || 'file' in body) return replies.broken()
  if (body.text.trim() === '') return replies.blank()

  const boost = town.boost(message, bot.id, body.text)
  return replies.json(201, boostAsJson(boost, { message, bot, origin: replies.origin }))
}

function unboost({ town, replies, bot, message, boostId }: Visit) {
  const boost = message?.boosts.find(({ id, booster }) => id === boostId && booster === bot.id)
  if (!message || !boost) return replies.noBoost()

  town.unboost(message, boost)
  return replies.noContent()
}

/** Null for what Rails cannot even store. */
function contentOf(body: Body): Content | null {
  if (body === 'unreadable') return null
  if ('file' in body) return { html: null, file: body.file }
  return depthOf(parse(body.text)) > DEEPEST ? null : { html: body.text, file: null }
}

// The row is there when these 500s are sent: a retry makes a second one.
function diesAfterSaving(message: Message, town: Town) {
  const picture = message.file !== null && isBrokenImage(message.file)
  return (picture && traitsOf(town.dialect).breaks) || isRefused(message, town)
}
