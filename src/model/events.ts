import type { Stream } from '@anthropic-ai/sdk/core/streaming'

/** What comes of an answer: an event, or all of it at once from whoever sends no streams. */
export type Arrival = { event: string | null; data: string } | { whole: string }

/**
 * Reads by what is sent and not by what it is called: a gateway may give a stream the type of JSON, and
 * the other way round. Any byte is a sign of life, that of a comment too.
 */
export async function* arrivalsIn(
  rawEvents: typeof Stream.rawEvents,
  response: Response,
  alive: () => void,
): AsyncGenerator<Arrival> {
  if (!response.body) return
  const decoder = new TextDecoder()
  let raw: string | null = ''
  const tap = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, out) {
      alive()
      if (raw !== null) raw += decoder.decode(chunk, { stream: true })
      out.enqueue(chunk)
    },
  })
  for await (const { event, data } of rawEvents(new Response(response.body.pipeThrough(tap)))) {
    raw = null
    yield { event, data }
  }
  if (raw?.trim()) yield { whole: raw }
}
