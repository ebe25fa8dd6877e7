import { join, resolve } from 'node:path'
import { nameOf } from '../../../src/address.ts'
import { build } from '../build.ts'
import type { Contestant, Place, Running } from '../contestant.ts'
import { lead, told } from '../leader.ts'
import { versionOf } from '../versions.ts'
import type { Order, Serving, Told } from '../workers/serve.ts'

/** Those that are Durable Objects: each built as it would be deployed, all served in the same way. */
interface Made {
  entry: string
  counted: string
  config: string
  flags: string[]
  objects: Record<string, string>
  /** The class of a room, and the name of one. */
  room: string
  nameOf(room: number, place: Place): string
  vars(place: Place): Record<string, string>
}

const WORKERS = 'bench/peers/workers'
const ROOMS = 60
const DATE = '2026-10-23'

export const firekeeper = objects('firekeeper', 'Firekeeper', 'this tree', {
  entry: 'src/index.ts',
  counted: `${WORKERS}/counted-firekeeper.ts`,
  config: 'wrangler.toml',
  flags: [],
  objects: { ROOMS: 'Room', ACCOUNTS: 'Account', PEOPLE: 'Person' },
  room: 'Room',
  nameOf: (room, { campfire, bot }) => nameOf({ url: campfire, room, bot: bot.id }),
  vars: ({ campfire, bot, model }) => ({
    CAMPFIRE_URL: campfire,
    BOT_KEYS: `assistant=${bot.key}`,
    ANTHROPIC_API_KEY: 'sk-test',
    ANTHROPIC_BASE_URL: model,
    ADMIN_TOKEN: '',
    WEBHOOK_SECRET: '',
  }),
})

export const chat = cloudflare('chat', 'Cloudflare Agents, AIChatAgent', '@cloudflare/ai-chat', {
  CHATS: 'Chat',
})

export const think = cloudflare('think', 'Cloudflare Agents, Think', '@cloudflare/think', {
  THINKERS: 'Thinker',
})

function cloudflare(id: string, name: string, pack: string, classes: Record<string, string>) {
  const versions = ['agents', pack, 'ai'].map((one) => `${one} ${versionOf(one)}`)
  return objects(id, name, versions.join(', '), {
    entry: `${WORKERS}/${id}.ts`,
    counted: `${WORKERS}/counted-${id}.ts`,
    config: `${WORKERS}/wrangler.toml`,
    flags: ['nodejs_compat'],
    objects: classes,
    room: Object.values(classes)[0] ?? '',
    nameOf: (room) => String(room),
    vars: ({ campfire, model }) => ({ CAMPFIRE_URL: campfire, ANTHROPIC_BASE_URL: model }),
  })
}

function objects(id: string, name: string, what: string, made: Made): Contestant {
  const start = (entry: string) => {
    const built: Record<string, Promise<string>> = {}
    return async (place: Place) => {
      const script = built[place.home] ?? build({ entry, config: made.config, home: place.home })
      built[place.home] = script
      return await serve(made, place, await script)
    }
  }
  return {
    id,
    name,
    what,
    rooms: ROOMS,
    kind: 'object',
    start: start(made.entry),
    startCounted: start(made.counted),
  }
}

async function serve(made: Made, place: Place, script: string): Promise<Running> {
  const serving: Serving = {
    script,
    port: place.port,
    storage: join(resolve(place.home), 'storage'),
    compatibilityDate: DATE,
    compatibilityFlags: made.flags,
    vars: made.vars(place),
    objects: made.objects,
  }
  const program = join(import.meta.dirname, '../workers/serve.ts')
  const { child, pid, kill } = lead([program, JSON.stringify(serving)], {
    home: place.home,
    env: { ...place.env, CI: 'true', WRANGLER_SEND_METRICS: 'false' },
  })
  await told(child)
  return {
    pid,
    kill,
    async evict(room) {
      const order: Order = { evict: made.room, name: made.nameOf(room, place) }
      const answer = told<Told>(child)
      child.send(order)
      const { error } = await answer
      if (error) throw new Error(error)
    },
  }
}
