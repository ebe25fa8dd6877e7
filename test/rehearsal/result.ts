import { z } from 'zod'

const Envelope = z.object({
  error: z.string().optional(),
  result: z
    .looseObject({
      told: z.string().optional(),
      table: z.string().optional(),
      text: z.string().optional(),
    })
    .nullish(),
})

/** What came of a tool: its own words for it, what went wrong, whether there is more, and of that what people read. */
export function readResult(text: string) {
  const { data } = Envelope.safeParse(jsonIn(text))
  if (!data) return { found: text.trim() !== '' }
  const { told, ...more } = data.result ?? {}
  const shows = (more.table ?? more.text)?.replace(/<\/?untrusted[^>]*>/g, '').trim()
  return { told, error: data.error, found: Object.keys(more).length > 0, shows }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
