/** A delivery names its author, its room and its message before what was said. */
const MOST = 64 * 1024

/** The same request, of which the beginning can be read also when the whole is too long. */
export function keepBeginning(raw: Request) {
  const kept: Uint8Array[] = []
  let size = 0
  const keep = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (size < MOST) kept.push(chunk.slice(0, MOST - size))
      size += chunk.byteLength
      controller.enqueue(chunk)
    },
  })
  const { method, headers, url } = raw
  const body = raw.body?.pipeThrough(keep) ?? null
  const request = new Request(url, { method, headers, body })

  /** Once the rest is not to be read any more. */
  async function beginning() {
    if (!size && body && !body.locked) {
      const reader = body.getReader()
      for (let done = false; !done && size < MOST; ) done = (await reader.read()).done
      await reader.cancel()
    }
    return new TextDecoder().decode(await new Blob(kept).arrayBuffer())
  }
  return { request, beginning }
}

/** The delivery without its words. Null where its beginning is none; inside of JSON no quote is bare. */
export function envelopeIn(beginning: string) {
  const path = /"path":"(\/rooms\/(\d+)\/\d+-[A-Za-z0-9]+\/messages)"/.exec(beginning)
  const user = /"user":\{"id":(\d+),"name":("(?:[^"\\]|\\.){0,1000}")/.exec(beginning)
  const message = /"message":\{"id":(\d+),/.exec(beginning)
  const name = /"room":\{"id":\d+,"name":(null|"(?:[^"\\]|\\.){0,1000}")/.exec(beginning)
  if (!path || !user || !message) return null

  return {
    user: { id: Number(user[1]), name: parsed(user[2]) },
    room: { id: Number(path[2]), name: parsed(name?.[1]), path: path[1] },
    message: { id: Number(message[1]), body: { html: '', plain: '' } },
  }
}

function parsed(json = 'null'): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
