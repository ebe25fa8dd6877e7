import { setTimeout as pause } from 'node:timers/promises'

/** V8's inspector, of which two things are wanted: the heap without its garbage, and a profile. */
export class Inspector {
  #socket: WebSocket
  #ids = 0
  #answers = new Map<number, (result: unknown) => void>()

  static async connect(url: string) {
    const targets = (await (await fetch(`${httpOf(url)}/json`)).json()) as Target[]
    const target = targets.find(({ id }) => id.includes('firekeeper')) ?? targets[0]
    const socket = new WebSocket(target?.webSocketDebuggerUrl ?? url)
    await new Promise((done, fail) => {
      socket.addEventListener('open', done, { once: true })
      socket.addEventListener('error', () => fail(new Error('no inspector')), { once: true })
    })
    return new Inspector(socket)
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(String(data)) as { id?: number; result: unknown }
      if (id === undefined) return
      this.#answers.get(id)?.(result)
      this.#answers.delete(id)
    })
  }

  /** In bytes, without garbage. An isolate that has nothing to do collects when it is next asked something. */
  async heap(wake: () => Promise<unknown>) {
    await this.#woken(this.send('HeapProfiler.collectGarbage'), wake)
    const usage = await this.#woken(this.send<Usage>('Runtime.getHeapUsage'), wake)
    return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize
  }

  async send<T = unknown>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#ids
    const answer = new Promise<unknown>((done) => this.#answers.set(id, done))
    this.#socket.send(JSON.stringify({ id, method, params }))
    return (await answer) as T
  }

  async #woken<T>(answer: Promise<T>, wake: () => Promise<unknown>) {
    let isHere = false
    void answer.then(() => {
      isHere = true
    })
    while (!isHere) {
      await wake()
      await pause(20)
    }
    return await answer
  }

  close() {
    this.#socket.close()
  }
}

interface Usage {
  usedSize: number
  embedderHeapUsedSize: number
  backingStorageSize: number
}

interface Target {
  id: string
  webSocketDebuggerUrl: string
}

function httpOf(url: string) {
  return url.replace(/^ws/, 'http').replace(/\/$/, '')
}
