import { readBody } from './bot-api/body.ts'
import { DOINGS, type Doing } from './bot-api/doings.ts'
import { numberIn } from './bot-api/number.ts'
import { type Format, Replies } from './bot-api/replies.ts'
import type { Town } from './bot-api/town.ts'
import { traitsOf } from './dialect.ts'

const PATH =
  /^\/rooms\/([^/]+)\/([^/]+)\/messages(?:\/([^/.]+)(?:(\/boosts)(?:\/([^/.]+))?)?)?(?:\.(json|xml))?\/?$/

/** Campfire's bot API, one request. The order of the refusals is Rails' own. */
export async function handle(town: Town, request: Request): Promise<Response> {
  // The answer to a HEAD is that to a GET, without what it says.
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const answer = await answerTo(town, request, method)
  return request.method === 'HEAD' ? new Response(null, answer) : answer
}

async function answerTo(town: Town, request: Request, method: string): Promise<Response> {
  const url = new URL(request.url)
  const [path, roomId = '', key = '', messageId, boosts, boostId, suffix] =
    PATH.exec(url.pathname) ?? []
  const format = formatOf(request, suffix)
  const replies = new Replies(town.dialect, { origin: originOf(request), format })
  const thing = boostId ? 'boost' : boosts ? 'boosts' : messageId ? 'message' : 'messages'
  const doing = DOINGS[`${method} ${thing}`]

  if (url.pathname === '/up') return replies.up()
  if (url.pathname === '/session/new') return replies.signInPage()
  if (FOR_PEOPLE.test(url.pathname)) return replies.signIn()
  if (!path || !doing || !knows(town, doing)) return replies.noSuchRoute()
  if (looksOutdated(request)) return replies.upgradeYourBrowser(method)

  const body = await readBody(request, town.dialect)
  if (body === 'unparseable') return replies.badRequest()

  const bot = town.people.byKey(key)
  if (!bot) return replies.signIn()

  const room = town.rooms.find(numberIn(roomId))
  if (!room?.members.includes(bot.id)) return replies.noRoom()
  if (suffix === 'xml') return replies.notAcceptable()
  if (method !== 'GET' && town.isLocked) return replies.broken()

  const message = messageId ? town.messages.find(numberIn(messageId)) : undefined
  const isMissing = messageId && message?.room !== room.id
  if (isMissing) return boosts ? replies.noBoost() : replies.noMessage()

  const boost = numberIn(boostId ?? '')
  return doing({ town, request, url, replies, body, bot, room, message, boostId: boost })
}

const FOR_PEOPLE = /^\/$|^\/rooms\/[^/]+\/messages\/[^/]+$/

function knows({ dialect }: Town, doing: Doing) {
  return !traitsOf(dialect).onlyCreates || doing === DOINGS['POST messages']
}

function formatOf(request: Request, suffix: string | undefined): Format {
  if (suffix === 'json' || suffix === 'xml') return suffix
  const wanted = /^application\/(json|xml)$/.exec(request.headers.get('accept') ?? '')?.[1]
  return wanted === 'json' || wanted === 'xml' ? wanted : 'any'
}

/** As seen from before the proxy. */
function originOf({ url, headers }: Request) {
  const { protocol, host } = new URL(url)
  const scheme = headers.get('x-forwarded-proto') ?? protocol.replace(':', '')
  return `${scheme}://${host}`
}

// Campfire turns browsers away that are too old for it, whatever they ask for.
function looksOutdated({ headers }: Request) {
  const agent = headers.get('user-agent') ?? ''
  const [, browser, version] = /(Chrome|Firefox|MSIE |Trident)\/?(\d+)/.exec(agent) ?? []
  return browser !== undefined && (Number(version) < 119 || !/Chrome|Firefox/.test(browser))
}
