import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'

/** What the process below is told, as JSON in its first argument. */
export interface Serving {
  script: string
  port: number
  storage: string
  compatibilityDate: string
  compatibilityFlags: string[]
  vars: Record<string, string>
  /** Bindings and the classes behind them. */
  objects: Record<string, string>
}

/** Takes an object out of memory, as some seconds of quiet would. */
export type Order = { evict: string; name: string }
export type Told = { error: string | null }

// A built Worker in workerd, with nothing of Wrangler in front of it: the same for all that are one.
const serving = JSON.parse(process.argv[2] ?? '') as Serving

const options = convertV4MiniflareOptions({
  name: 'worker',
  host: '127.0.0.1',
  port: serving.port,
  log: new Log(LogLevel.WARN),
  cf: false,
  modules: [moduleAt('index.js', serving.script), ...besides(serving.script)],
  modulesRoot: '/',
  compatibilityDate: serving.compatibilityDate,
  compatibilityFlags: serving.compatibilityFlags,
  bindings: serving.vars,
  durableObjects: Object.fromEntries(
    Object.entries(serving.objects).map(([binding, className]) => {
      return [binding, { className, useSQLite: true }]
    }),
  ),
})
const miniflare = new Miniflare({ ...options, resourcePersistencePath: serving.storage })

process.on('message', (order: Order) => void obey(order))
process.once('disconnect', () => process.exit())
await miniflare.ready
tell({ error: null })

/** What was built beside the script, to be loaded when it is wanted. */
function besides(script: string) {
  const folder = dirname(script)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js') && join(folder, name) !== serving.script)
    .map((name) => moduleAt(name, join(folder, name)))
}

function moduleAt(path: string, file: string) {
  return { type: 'ESModule' as const, path, contents: readFileSync(file, 'utf8') }
}

async function obey({ evict, name }: Order) {
  try {
    await miniflare.unsafeEvictDurableObject('worker', evict, { name })
    tell({ error: null })
  } catch (error) {
    tell({ error: String(error) })
  }
}

function tell(told: Told) {
  process.send?.(told)
}
