export const KEY = '3-7876b7cdc3d5'
/** Stands in every text that anybody sends here, so that one look finds it where it must not be. */
export const WORD = 'swordfish'

/** What Campfire posts when David says hello to the assistant in the watercooler. */
export function ours() {
  return {
    user: { id: 1, name: 'David' },
    room: { id: 1, name: 'Watercooler', path: `/rooms/1/${KEY}/messages` },
    message: {
      id: 900,
      body: { html: `<div>${WORD} hello</div>`, plain: `${WORD} hello` },
      path: '/rooms/1/@900',
    },
  }
}

export function flat() {
  return {
    creator: { id: 1, name: 'Test' },
    room: { id: 1, name: 'Test Room' },
    content: `${WORD} hello`,
  }
}

export function text(changes: object) {
  return JSON.stringify({ ...ours(), ...changes })
}

export function said(body: object) {
  return text({ message: { id: 900, body } })
}

export function chip(id: string, name: string, signature = 'ab') {
  const data = `gid://campfire/User/${id}?expires_in`
  const sgid = `${btoa(JSON.stringify({ _rails: { data, pur: 'attachable' } }))}--${signature}`
  return `<span class="mention" sgid="${sgid}">${name}</span>`
}

export function FIELDS() {
  const own = [
    'user',
    'user.id',
    'user.name',
    'room',
    'room.id',
    'room.name',
    'room.path',
    'message',
  ]
  const body = [
    'message.id',
    'message.body',
    'message.body.html',
    'message.body.plain',
    'message.path',
  ]
  const others = [
    'creator',
    'creator.id',
    'creator.name',
    'content',
    'message.content',
    'type',
    'x',
  ]
  const odd = [
    '__proto__',
    'room.__proto__',
    'room.constructor',
    'message.body.__proto__',
    'toString',
  ]
  return [...own, ...body, ...others, ...odd]
}

/** The same with another value at this path, as JSON.parse would make it: no key is magic. */
export function put(whole: unknown, path: string, value: unknown): unknown {
  const [key = '', ...rest] = path.split('.')
  const inner = Object.entries(typeof whole === 'object' && whole ? whole : {})
  const old = inner.find(([name]) => name === key)?.[1]
  const changed = rest.length ? put(old, rest.join('.'), value) : value
  return Object.fromEntries([...inner.filter(([name]) => name !== key), [key, changed]])
}

export function nested(depth: number): unknown {
  let value: unknown = WORD
  for (let i = 0; i < depth; i++) value = i % 2 ? [value] : { message: value }
  return value
}

export function deep(depth: number) {
  return '['.repeat(depth) + ']'.repeat(depth)
}

export function spoiled([at, bytes]: [number, Uint8Array<ArrayBuffer>]) {
  const whole = encoded(text({}))
  whole.set(bytes, Math.min(at, whole.length - bytes.length))
  return whole
}

export function encoded(text: string) {
  return new TextEncoder().encode(text)
}

export function inPieces(body: Uint8Array, places: number[]) {
  const cuts = [0, ...places.toSorted((a, b) => a - b), body.length]
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const [index, from] of cuts.entries()) {
        await Promise.resolve()
        if (from < (cuts[index + 1] ?? from)) controller.enqueue(body.slice(from, cuts[index + 1]))
      }
      controller.close()
    },
  })
}
