import type { Message } from './messages.ts'
import type { People, Person } from './people.ts'
import { plainOf } from './plain.ts'
import { screen } from './screen.ts'

/** A message as a test looks at it. */
export interface Seen {
  id: number
  creator: Pick<Person, 'id' | 'name' | 'role'>
  at: number
  via: Message['via']
  html: string | null
  plain: string
  screen: string
  file: string | null
  bytes: Uint8Array | null
  boosts: { id: number; who: string; content: string }[]
  edits: number
}

export function seen(message: Message, people: People): Seen {
  const { id, creator, at, via, html, file, boosts, edits } = message
  const { name, role } = people.get(creator)
  return {
    id,
    creator: { id: creator, name, role },
    at,
    via,
    html,
    plain: plainOf(message, people),
    screen: screen(message, people),
    file: file?.name ?? null,
    bytes: file?.bytes ?? null,
    boosts: boosts.map(({ id, booster, content }) => ({
      id,
      who: people.get(booster).name,
      content,
    })),
    edits,
  }
}
