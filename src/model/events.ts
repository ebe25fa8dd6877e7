import { createParser } from 'eventsource-parser'

/** What comes of an answer: an event, or all of it at once from whoever sends no streams. */
export type Arrival = { event: string | null; data: string } | { whole: string }

/**
 * Reads by what is sent and not by what it is called: a gateway may give a stream the type of JSON, and
 * the other way round. Any byte is a sign of life, that of a comment too. Not by the SDK, which needs the
 * bytes as a `Response`: to listen on the way would take a second stream, and as long as all else together.
 */
export async function* arrivalsIn({ body }: Response, alive: () => void): AsyncGenerator<Arrival> {
  const decoder = new TextDecoder()
  const events: Arrival[] = []
  const parser = createParser({
    onEvent: ({ event = null, data }) => events.push({ event, data }),
  })
  let raw: string | null = ''
  for await (const chunk of (body as ReadableStream<Uint8Array> | null) ?? []) {
    alive()
    const text = decoder.decode(chunk, { stream: true })
    parser.feed(text)
    raw = raw === null || events.length ? null : raw + text
    yield* events.splice(0)
  }
  // Whoever closes the line behind the last event may leave out the empty line that ends it.
  const rest = decoder.decode()
  parser.feed(`${rest}\n\n`)
  if (events.length) yield* events
  else if (raw?.trim()) yield { whole: raw + rest }
}
