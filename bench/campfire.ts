import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { listening } from './listening.ts'
import { bodyOf } from './model.ts'

/** What was done to a message of ours. Times as `performance.now()` has them. */
interface Post {
  room: number
  id: number
  text: string
  at: number
  edits: number
}

interface Room {
  id: number
  name: string | null
  messages: { id: number; json: string }[]
  /** So many are kept, the newest. */
  keeps: number
  posts: Post[]
}

const BOT = { id: 3, key: '3-7876b7cdc3d5', name: 'Assistant' }

/**
 * A Campfire that is quick enough to measure against: the bot API of Rails' dialect (`test/campground` is
 * the faithful one), every message rendered once, and an account of what was asked of it.
 */
export class StandInCampfire {
  readonly url: string
  readonly close: () => Promise<void>
  readonly bot = BOT
  readonly posts: Post[] = []
  /** How often each kind of request came, as `POST messages`. */
  readonly asked: Record<string, number> = {}
  onPost: (post: Post) => void = () => {}
  /** How long a request takes to get here, and its answer to get back. */
  awayMs = 0
  #rooms = new Map<number, Room>()
  #messages = 0
  #boosts = 0

  static async listen() {
    let campfire: StandInCampfire | undefined
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      void campfire?.answer(request, response).catch(() => response.destroy())
    })
    const { url, close } = await listening(server)
    campfire = new StandInCampfire(url, close)
    return campfire
  }

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url
    this.close = close
  }

  /** That of the message which is said next. */
  get nextId() {
    return this.#messages + 1
  }

  /** Somebody says something to the bot; what Campfire would deliver of it is the answer. */
  says(room: number, text: string, { author = 1, direct = true } = {}) {
    const place = this.#room(room, direct)
    const id = ++this.#messages
    const person = { id: author, name: `Person ${author}`, role: 'member' }
    this.#keep(place, id, text, person)
    const path = `/rooms/${room}/${BOT.key}/messages`
    const delivery = {
      user: { id: author, name: person.name },
      room: { id: room, name: place.name, path },
      message: {
        id,
        body: { html: `<div>${text}</div>`, plain: text },
        path: `/rooms/${room}/@${id}`,
      },
    }
    return { id, body: JSON.stringify(delivery) }
  }

  /**
   * People have talked here before the bot came: the newest page is full, as it will be ever after. Of a room with more
   * than that everything stays, and every page can be listed.
   */
  fill(room: number, { direct = true, messages = PAGE, text = 'So it is.' } = {}) {
    const place = this.#room(room, direct)
    if (messages > PAGE) place.keeps = Number.POSITIVE_INFINITY
    for (let count = 0; count < messages; count++) {
      const author = 1 + (count % 50)
      const person = { id: author, name: `Person ${author}`, role: 'member' }
      this.#keep(place, ++this.#messages, text, person)
    }
  }

  postsIn(room: number) {
    return this.#rooms.get(room)?.posts ?? []
  }

  async answer(request: IncomingMessage, response: ServerResponse) {
    const text = await bodyOf(request)
    if (this.awayMs) await pause(this.awayMs)
    if (this.awayMs) comesLate(response, this.awayMs)
    const [, roomId, message, boosts, boost] = PATH.exec(request.url ?? '') ?? []
    const room = this.#rooms.get(Number(roomId))
    const doing = `${request.method} ${boosts ? 'boosts' : 'messages'}`
    this.asked[doing] = (this.asked[doing] ?? 0) + 1
    if (!roomId) return end(response, 404, '<!DOCTYPE html>', NO_ROUTE)
    if (!room) return end(response, 404, null, { 'content-type': 'text/html' })

    if (doing === 'GET messages') return this.#list(room, request.url ?? '', response)
    if (doing === 'POST messages') return this.#create(room, text, response)
    if (doing === 'PATCH messages') return this.#edit(room, Number(message), text, response)
    if (doing === 'POST boosts') return end(response, 201, `{"id":${++this.#boosts}}`)
    if (doing === 'DELETE boosts' && boost) return end(response, 204)
    if (doing === 'DELETE messages') return end(response, 204)
    end(response, 404, '<!DOCTYPE html>', NO_ROUTE)
  }

  #list({ messages }: Room, url: string, response: ServerResponse) {
    const before = Number(/[?&]before=(\d+)/.exec(url)?.[1] ?? Number.POSITIVE_INFINITY)
    const older = messages.findLastIndex(({ id }) => id < before) + 1
    const page = messages.slice(Math.max(0, older - PAGE), older)
    const next = `<${this.url}/next?before=${page[0]?.id}>; rel="next"`
    const more = older > PAGE ? { link: next } : {}
    const headers = { ...more, 'x-total-count': String(messages.length) }
    end(response, 200, `[${page.map(({ json }) => json).join(',')}]`, headers)
  }

  #create(room: Room, text: string, response: ServerResponse) {
    const post = { room: room.id, id: ++this.#messages, text, at: performance.now(), edits: 0 }
    this.posts.push(post)
    room.posts.push(post)
    this.#keep(room, post.id, text, { ...BOT, role: 'bot' })
    const location = `${this.url}/messages/${post.id}`
    end(response, 201, null, { location, 'content-type': 'application/json' })
    this.onPost(post)
  }

  #edit({ posts }: Room, id: number, text: string, response: ServerResponse) {
    const post = posts.find((post) => post.id === id)
    if (!post) return end(response, 404, '{"status":404,"error":"Not Found"}', RAISED)
    post.text = text
    post.at = performance.now()
    post.edits++
    end(response, 200, JSON.stringify({ id }))
    this.onPost(post)
  }

  #room(id: number, direct: boolean): Room {
    const room = this.#rooms.get(id)
    if (room) return room
    const made = {
      id,
      name: direct ? null : `Room ${id}`,
      messages: [],
      keeps: 2 * PAGE,
      posts: [],
    }
    this.#rooms.set(id, made)
    return made
  }

  #keep(room: Room, id: number, text: string, person: { id: number; name: string; role: string }) {
    const { id: personId, name, role } = person
    const json = JSON.stringify({
      id,
      created_at: new Date().toISOString(),
      body: {
        plain_text: text,
        html: `<div class="trix-content">\n  <div>${text}</div>\n</div>\n`,
      },
      creator: { id: personId, name, role, avatar_url: `${this.url}/users/${personId}/avatar` },
      room: { id: room.id },
      url: `${this.url}/rooms/${room.id}/messages/${id}`,
    })
    room.messages.push({ id, json })
    if (room.messages.length > room.keeps) room.messages.splice(0, PAGE - 1)
  }
}

const PAGE = 40
const PATH = /^\/rooms\/(\d+)\/[^/]+\/messages(?:\/(\d+)(?:\/(boosts)(?:\/(\d+))?)?)?(?:\?|$)/

/** Nothing of the answer is on its way before it ends. */
function comesLate(response: ServerResponse, ms: number) {
  const finish = response.end.bind(response) as (body?: string | null) => ServerResponse
  response.end = ((body?: string | null) => {
    setTimeout(finish, ms, body)
    return response
  }) as typeof response.end
}

function end(
  response: ServerResponse,
  status: number,
  body: string | null = null,
  headers: OutgoingHttpHeaders = {},
) {
  const type = body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response.writeHead(status, { 'x-version': '9310b00', ...type, ...headers })
  response.end(body)
}

// What no controller of Campfire's answers does not say its version.
const RAISED = { 'x-version': undefined }
const NO_ROUTE = { ...RAISED, 'content-type': 'text/html; charset=UTF-8' }
