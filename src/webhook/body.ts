/** A paste of millions of characters: what the model can read is kept of it. Campfire has no limit. */
export const MAX_BODY = 8 * 1024 * 1024

/** In bytes. Whoever sends more than this may find the line closed. */
const MOST_THROWN_AWAY = 4 * MAX_BODY

/** In bytes. What is announced to be no longer is read in one go: in pieces it takes several times as long. */
const SHORT = 256 * 1024

/**
 * The body as text, or, when it is longer than the limit in bytes, its beginning. Empty when it broke
 * off: that is no failure of ours, and half a body is no message.
 */
export async function readAtMost(request: Request, limit: number) {
  const announced = Number(request.headers.get('Content-Length') ?? Number.NaN)
  if (announced <= Math.min(SHORT, limit)) {
    return { text: await request.text().catch(() => ''), isTooLong: false }
  }
  return await readInPieces(request, limit)
}

async function readInPieces({ body }: Request, limit: number) {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  try {
    for await (const chunk of body?.values({ preventCancel: true }) ?? []) {
      size += chunk.byteLength
      if (size > limit) return { text, isTooLong: true }
      text += decoder.decode(chunk, { stream: true })
    }
  } catch {
    return { text: '', isTooLong: false }
  }
  return { text: text + decoder.decode(), isTooLong: false }
}

/**
 * Reads what was not read of a body, and keeps nothing of it. A proxy that is still sending takes an early
 * answer for a lost connection, and answers 500 with a text of its own, which Campfire posts into the room.
 */
export async function throwAwayRest({ body }: Request) {
  let size = 0
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength
      if (size > MOST_THROWN_AWAY) return // leaving the loop cancels the stream
    }
  } catch {} // it was read, or nobody sends it any more
}
