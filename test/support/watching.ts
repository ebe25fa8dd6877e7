import { exports } from 'cloudflare:workers'
import { LiveEvent, type WatchedTurn } from '../../src/room/live/events.ts'

const HOME = 'https://firekeeper.example.com'

type Numbered = LiveEvent & { sequence: number }
export const AS_OPERATOR = { authorization: 'Bearer letmein', origin: HOME }

export async function askToWatch(
  path = '/rooms/1/assistant/live',
  headers: Record<string, string> = AS_OPERATOR,
) {
  return await exports.default.fetch(`${HOME}${path}`, {
    headers: { upgrade: 'websocket', ...headers },
  })
}

const open = new Set<Watching>()

/** Whoever watches a room, and puts together what they are told as a page does. */
export class Watching {
  readonly events: Numbered[] = []
  readonly turns = new Map<number, WatchedTurn>()
  waiting = 0
  closed: string | null = null
  /** Takes in what it is told, and says so. */
  takesIn = true
  readonly #socket: WebSocket

  private constructor(socket: WebSocket) {
    this.#socket = socket
    open.add(this)
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data))))
    socket.addEventListener('close', ({ reason }) => {
      this.closed = reason
    })
    socket.accept()
  }

  static async begin(after = 0) {
    const { webSocket } = await askToWatch(`/rooms/1/assistant/live?after=${after}`)
    if (!webSocket) throw new Error('There is no socket')
    return new Watching(webSocket)
  }

  leaves() {
    open.delete(this)
    if (this.closed === null) this.#socket.close(1000)
  }

  /** A socket that is open when a test is over is one that breaks. */
  static async allLeave() {
    for (const watching of [...open]) watching.leaves()
    await scheduler.wait(20)
  }

  sees(sequence: number) {
    this.#socket.send(JSON.stringify({ seen: sequence }))
  }

  sends(text: string) {
    this.#socket.send(text)
  }

  told<Type extends LiveEvent['type']>(type: Type) {
    return this.events.filter((event): event is Numbered & { type: Type } => event.type === type)
  }

  said(turn: number) {
    return this.turns.get(turn)?.steps.map(({ text }) => text)
  }

  #hear({ sequence, ...event }: Numbered) {
    this.events.push({ sequence, ...LiveEvent.parse(event) })
    this.#apply(event)
    if (this.takesIn) this.sees(sequence)
  }

  #apply(event: LiveEvent) {
    switch (event.type) {
      case 'snapshot':
        this.waiting = event.waiting
        for (const turn of event.turns) this.turns.set(turn.id, turn)
        return
      case 'waiting':
        this.waiting = event.waiting
        return
      case 'begins':
        this.turns.set(event.turn.id, event.turn)
        return
      case 'state':
      case 'ends':
        Object.assign(this.turns.get(event.turn) ?? {}, { state: event.state })
        return
      case 'resync':
        return
      default:
        this.#change(this.turns.get(event.turn) ?? fail(event), event)
    }
  }

  #change(turn: WatchedTurn, event: LiveEvent) {
    if (event.type === 'step') {
      const { number, kind, state, model } = event
      const step = turn.steps.find((one) => one.number === number)
      if (step) Object.assign(step, { kind, state, model })
      else turn.steps.push({ number, kind, state, model, text: '', tools: [] })
    }
    if (event.type === 'text') {
      const step = turn.steps.find(({ number }) => number === event.step) ?? fail(event)
      step.text = step.text.slice(0, event.at) + event.text
    }
    if (event.type === 'tool') {
      const { turn: _, type: __, step: number, ...tool } = event
      const step = turn.steps.find((one) => one.number === number) ?? fail(event)
      step.tools = [...step.tools.filter((one) => one.number !== tool.number), tool]
    }
    if (event.type === 'reply') {
      const { part, state, message } = event
      turn.replies = [
        ...turn.replies.filter((one) => one.part !== part),
        { part, state, message },
      ].sort((a, b) => a.part - b.part)
    }
  }
}

function fail(event: LiveEvent): never {
  throw new Error(`Nobody was told of that before: ${JSON.stringify(event)}`)
}
