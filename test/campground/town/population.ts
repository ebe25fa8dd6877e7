import { z } from 'zod'
import type { Campground } from '../campground.ts'

const Bots = z.array(
  z.object({
    name: z.string(),
    id: z.number(),
    token: z.string(),
    webhook: z.string().optional(),
  }),
)
type BotSpec = z.infer<typeof Bots>[number]

/** Whoever lives here from the start; repeated at each start, since bots may be configured anew. */
export function populate(camp: Campground, bots: string) {
  const ada = camp.people.find(1) ?? camp.addPerson('Ada', 'administrator', 1)
  const david = camp.people.find(2) ?? camp.addPerson('David', 'member', 2)
  if (!camp.people.find(JASON)) camp.addPerson('Jason', 'member', JASON)
  if (!camp.rooms.find(1)) camp.addRoom('All Talk', [], { type: 'open', id: 1 })
  if (!camp.rooms.find(2)) camp.addRoom('Watercooler', [], { type: 'open', id: 2 })

  for (const spec of Bots.parse(JSON.parse(bots || '[]'))) {
    const bot = camp.people.find(spec.id) ?? camp.addBot(spec.name, { id: spec.id })
    camp.change(bot, asConfigured(spec))
    camp.addDirect([ada, bot])
    camp.addDirect([david, bot])
  }
}

// Far from the ids that bots are configured with.
const JASON = 100

function asConfigured({ name, id, token, webhook }: BotSpec) {
  return { name, key: `${id}-${token}`, webhook: webhook ?? null }
}
