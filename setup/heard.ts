import { setTimeout as pause } from 'node:timers/promises'
import { Bots } from '../src/operator/schemas.ts'

/** What the Worker says of its bots; or why it does not. */
export type Asked =
  | { state: 'told'; bots: Bots['bots'] }
  | { state: 'away' | 'closed' | 'deaf' | 'stranger' }

export async function askBots(worker: string, token: string): Promise<Asked> {
  try {
    const answer = await fetch(`${worker}/bots`, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    })
    if (answer.status === 401) return { state: 'closed' }
    if (answer.status === 429) return { state: 'deaf' }
    if (answer.status >= 500) return { state: 'away' }
    const told = Bots.safeParse(await answer.json().catch(() => null))
    return told.success ? { state: 'told', bots: told.data.bots } : { state: 'stranger' }
  } catch {
    return { state: 'away' }
  }
}

const EVERY_MS = 1_000
const HINT_MS = 60_000
const PATIENCE_MS = 10 * 60_000

const HINTS = `  Nothing yet. In Campfire, look whether
  - the webhook URL of the bot is the one above (the pencil beside it),
  - the bot is in that room, and you chose it from the list that opens behind the @.`

const WHY: Record<string, string> = {
  away: '  The Worker does not answer yet.',
  closed:
    '  The Worker has another ADMIN_TOKEN than this file. Is it the right Worker, and started anew?',
  deaf: '  Wrong tokens were sent from here too often: the Worker listens again in a quarter of an hour.',
  stranger: '  What answers there is no Firekeeper, or an older one.',
}

/** Resolves to the bots that nobody has spoken to in time. */
export async function waitForFirstWord({ worker, token, bots, say, since }: Waiting) {
  const waiting = new Set(bots)
  const before = new Map<string, string | null>()
  const end = since + PATIENCE_MS
  const said = new Set<string>()
  const once = (words: string) => !said.has(words) && said.add(words) && say(words)
  while (waiting.size > 0 && Date.now() < end) {
    const asked = await askBots(worker, token)
    if (asked.state !== 'told') once(WHY[asked.state] ?? '')
    for (const { name, heardAt } of asked.state === 'told' ? asked.bots : []) {
      const isLater = before.has(name) && before.get(name) !== heardAt
      if (!before.has(name)) before.set(name, heardAt)
      const isNew = heardAt !== null && (isLater || Date.parse(heardAt) >= since)
      if (isNew && waiting.delete(name)) say(`✓ ${name} heard you.`)
    }
    if (Date.now() > since + HINT_MS) once(HINTS)
    if (waiting.size > 0) await pause(EVERY_MS)
  }
  return [...waiting]
}

interface Waiting {
  worker: string
  token: string
  /** By their names in src/bots. */
  bots: string[]
  since: number
  say: (text: string) => void
}
