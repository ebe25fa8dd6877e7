import { z } from 'zod'

const Envelope = z.object({
  error: z.string().optional(),
  result: z.looseObject({ told: z.string().optional() }).nullish(),
})

/** What came of a tool: its own words for it, what went wrong, and whether there is more to show. */
export function readResult(text: string) {
  const { data } = Envelope.safeParse(jsonIn(text))
  if (!data) return { found: text.trim() !== '' }
  const { told, ...more } = data.result ?? {}
  return { told, error: data.error, found: Object.keys(more).length > 0 }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
