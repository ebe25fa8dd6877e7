import { DurableObject } from 'cloudflare:workers'
import { Campground } from './campground.ts'
import type { Dialect } from './dialect.ts'
import type { Change } from './settlement.ts'
import { pageApi } from './town/page-api.ts'
import { populate } from './town/population.ts'
import { Shelf } from './town/shelf.ts'
import { viewOf } from './town/view.ts'

export interface TownEnv {
  DIALECT: Dialect
  ORIGIN: string
  /** JSON; see population.ts. */
  BOTS: string
}

/** The Campfire of `npm start`: the fake one, kept on disk, with a page to talk in. */
export class Town extends DurableObject<TownEnv> {
  #shelf = new Shelf(this.ctx.storage.sql)
  #camp = this.#moveIn()
  #api = pageApi(this.#camp)

  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname === '/api/live') return this.#listen()

    const answer = await (pathname.startsWith('/api/')
      ? this.#api.fetch(request)
      : this.#camp.handle(request))
    this.ctx.waitUntil(this.#camp.settled())
    return answer
  }

  override webSocketMessage() {}

  // Without this the browser would stay in CLOSING.
  override webSocketClose(socket: WebSocket, code: number) {
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
  }

  #moveIn(): Campground {
    const { DIALECT: dialect, ORIGIN: origin, BOTS } = this.env
    const saved = this.#shelf.read()
    const camp = new Campground({ dialect, origin }, saved ?? undefined)
    populate(camp, BOTS)
    this.#shelf.save(camp)
    camp.onChange = (change) => this.#keep(change)
    return camp
  }

  #keep(change: Change) {
    this.#shelf.save(this.#camp, change.message)
    if (change.live) this.#tell(change)
  }

  #tell({ what, room, message: id }: Change) {
    const message = id === undefined ? undefined : this.#camp.messages.find(id)
    const news = { what, room, id, message: message && viewOf(message, this.#camp) }
    for (const socket of this.ctx.getWebSockets()) socket.send(JSON.stringify(news))
  }

  #listen() {
    const { 0: browser, 1: socket } = new WebSocketPair()
    this.ctx.acceptWebSocket(socket)
    return new Response(null, { status: 101, webSocket: browser })
  }
}
