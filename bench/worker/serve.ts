import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'

/** What the process below is told, as JSON in its first argument. */
export interface Serving {
  script: string
  compatibilityDate: string
  port: number
  storage: string
  bindings: Record<string, string>
  /** Opens the inspector: to weigh the heap, or to profile. */
  inspect: boolean
}

/** What it can be asked for, each with a number that comes back with the answer. */
export type Order = { number: number; evict: string[] }
export type Told =
  | { ready: { inspector: string | null } }
  | { number: number; error: string | null }

// `npm run bench` runs this: the built Worker in workerd, with nothing of Wrangler in front of it.
const serving = JSON.parse(process.argv[2] ?? '') as Serving

const options = convertV4MiniflareOptions({
  name: 'firekeeper',
  host: '127.0.0.1',
  port: serving.port,
  log: new Log(LogLevel.WARN),
  cf: false,
  modules: [moduleAt('index.js', serving.script), ...besides(serving.script)],
  modulesRoot: '/',
  compatibilityDate: serving.compatibilityDate,
  bindings: serving.bindings,
  durableObjects: {
    ROOMS: { className: 'Room', useSQLite: true },
    ACCOUNTS: { className: 'Account', useSQLite: true },
    PEOPLE: { className: 'Person', useSQLite: true },
  },
  ...(serving.inspect && { inspectorPort: 0 }),
})
const miniflare = new Miniflare({ ...options, resourcePersistencePath: serving.storage })

process.on('message', (order: Order) => void obey(order))
process.once('disconnect', () => process.exit())
await miniflare.ready
const inspector = serving.inspect ? String(await miniflare.getInspectorURL()) : null
tell({ ready: { inspector } })

/** What was built beside the script, to be loaded when it is wanted. */
function besides(script: string) {
  const folder = dirname(script)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?js$/.test(name) && join(folder, name) !== script)
    .map((name) => moduleAt(name, join(folder, name)))
}

function moduleAt(path: string, file: string) {
  return { type: 'ESModule' as const, path, contents: readFileSync(file, 'utf8') }
}

async function obey({ number, evict }: Order) {
  try {
    for (const name of evict) {
      await miniflare.unsafeEvictDurableObject('firekeeper', 'Room', { name }).catch(unlessAsleep)
    }
    tell({ number, error: null })
  } catch (error) {
    tell({ number, error: String(error) })
  }
}

/** Ten seconds of quiet have done it already. */
function unlessAsleep(error: unknown) {
  if (!/not currently running/.test(String(error))) throw error
}

function tell(told: Told) {
  process.send?.(told)
}
