import { readBody } from './bot-api/body.ts'
import { DOINGS, type Doing } from './bot-api/doings.ts'
import { Replies } from './bot-api/replies.ts'
import type { Town } from './bot-api/town.ts'
import { traitsOf } from './dialect.ts'

const PATH =
  /^\/rooms\/(\d+)\/([^/]+)\/messages(?:\/(\d+)(?:(\/boosts)(?:\/(\d+))?)?)?(?:\.json)?\/?$/

/** Campfire's bot API, one request. The order of the refusals is Rails' own. */
export async function handle(town: Town, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const replies = new Replies(town.dialect, url.origin)
  const [path, roomId, key = '', messageId, boosts, boostId] = PATH.exec(url.pathname) ?? []
  const thing = boostId ? 'boost' : boosts ? 'boosts' : messageId ? 'message' : 'messages'
  const doing = DOINGS[`${request.method} ${thing}`]

  if (url.pathname === '/session/new') return replies.signInPage()
  if (!path || !doing || !knows(town, doing)) return replies.noSuchPage()
  if (looksOutdated(request)) return replies.upgradeYourBrowser()

  const body = await readBody(request, town.dialect)
  if (body === 'unparseable') return replies.badRequest()

  const bot = town.people.byKey(key)
  if (!bot) return replies.signIn()

  const room = town.rooms.find(Number(roomId))
  if (!room?.members.includes(bot.id)) return replies.noRoom()

  const message = messageId ? town.messages.find(Number(messageId)) : undefined
  const isMissing = messageId && message?.room !== room.id
  if (isMissing) return boosts ? replies.noBoost() : replies.noMessage()

  return doing({ town, request, url, replies, body, bot, room, message, boostId: Number(boostId) })
}

function knows({ dialect }: Town, doing: Doing) {
  return !traitsOf(dialect).onlyCreates || doing === DOINGS['POST messages']
}

// Campfire turns browsers away that are too old for it, whatever they ask for.
function looksOutdated({ headers }: Request) {
  const agent = headers.get('user-agent') ?? ''
  const [, browser, version] = /(Chrome|Firefox|MSIE |Trident)\/?(\d+)/.exec(agent) ?? []
  return browser !== undefined && (Number(version) < 119 || !/Chrome|Firefox/.test(browser))
}
