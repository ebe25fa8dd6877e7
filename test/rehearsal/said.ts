import { z } from 'zod'
import { inShort } from './memory.ts'

const Said = z.object({
  author: z.string(),
  text: z.string().optional(),
  file: z.string().optional(),
  bot: z.boolean().default(false),
})
type Line = z.infer<typeof Said> & { at: string; link?: string | undefined }
const Room = z.object({
  result: z.object({
    link: z.string().default(''),
    days: z.array(
      z.object({ day: z.string(), said: z.array(Said.extend({ id: z.number(), at: z.string() })) }),
    ),
  }),
})
const Search = z.object({
  result: z.object({
    found: z.array(Said.extend({ time: z.string(), link: z.string().optional() })),
    notes: z.array(z.string()).default([]),
  }),
})
const Skill = z.object({ result: z.object({ skill: z.string() }) })

const SHOWN = 5
const TOLD_SHORT = 'Claude would tell you in short what was decided, and what is open.'

type Tell = (found: unknown) => string | null

/** What the tools that read have found, as somebody would say it. */
const TELLS: Record<string, Tell> = {
  read_messages(found) {
    const { data } = Room.safeParse(found)
    if (!data) return null
    const { link, days } = data.result
    const all = days.flatMap(({ said }) => said).filter(({ bot }) => !bot)
    if (!all.length) return 'Nothing was said in that time.'
    const lines = all
      .slice(-SHOWN)
      .map(({ id, ...one }) => lineOf({ ...one, link: link.replace('<id>', `${id}`) }))
    const count = all.length === 1 ? 'one message' : `${all.length} messages`
    return `I have read ${count} that people wrote here. The newest:\n\n${lines.join('\n')}\n\n${TOLD_SHORT}`
  },
  search_conversation(found) {
    const { data } = Search.safeParse(found)
    if (!data) return null
    const { found: hits, notes } = data.result
    const lines = hits.slice(0, SHOWN).map(({ time, ...hit }) => lineOf({ ...hit, at: time }))
    if (lines.length) return `I have found this:\n\n${lines.join('\n')}`
    const isReading = notes.some((note) => /being read/.test(note))
    return isReading
      ? 'I have found nothing so far. I only began to read this room just now, so ask me again in a minute.'
      : 'I have found nothing.'
  },
  use_skill(found) {
    const { data } = Skill.safeParse(found)
    const [, title] = /^# (.+)$/m.exec(data?.result.skill ?? '') ?? []
    return title
      ? `I know how that is done: I have a page about it, “${title}”. Claude reads it, and then does the work.`
      : null
  },
}

/** Null: nothing that this can read. */
export function tellFound(tool: string, text: string): string | null {
  try {
    return TELLS[tool]?.(JSON.parse(text)) ?? null
  } catch {
    return null
  }
}

function lineOf({ author, text, file, at, link }: Line) {
  return `- ${author}, ${link ? `[${at}](${link})` : at}: ${inShort(text ?? file ?? '')}`
}
