import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, resolve } from 'node:path'
import { bundle } from '../setup/bundle.ts'

export const ROOT = resolve(import.meta.dirname, '..')
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')

/** The Worker as `wrangler deploy` would send it; the answer is the script that it begins with. */
export async function build(source: string, out: string, ...more: string[]) {
  const where = ['--config', join(source, 'wrangler.toml'), '--outdir', out]
  await wrangler(['deploy', '--dry-run', ...where, ...more], source)
  return join(out, 'index.js')
}

/** The same with the windows of worker/entry.ts: always of these sources. */
export function buildWithWindows(home: string) {
  withWindows ??= bundleWithWindows(join(home, 'with-windows'))
  return withWindows
}

/** Once in a run, for all figures that look through them. */
let withWindows: Promise<string> | undefined

async function bundleWithWindows(out: string) {
  await bundle({ entry: join(ROOT, 'bench/worker/entry.ts'), out })
  return join(out, 'entry.js')
}

/** What has to be there before anything of it runs: the script, and what that names outright. */
export function startOf(...scripts: string[]) {
  const found = new Map<string, Buffer>()
  const add = (path: string) => {
    if (found.has(path) || !existsSync(path)) return
    const code = readFileSync(path)
    found.set(path, code)
    const named = code.toString().matchAll(/\b(?:from|import)\s*"(\.\/[^"]+)"/g)
    for (const [, name = ''] of named) add(normalize(join(dirname(path), name)))
  }
  scripts.forEach(add)
  return [...found.values()]
}

/** What it says on its standard output. It ends with an error when Wrangler does. */
export async function wrangler(args: string[], cwd: string) {
  const child = spawn(process.execPath, [WRANGLER, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      CI: 'true',
      NO_COLOR: '1',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_WRITE_LOGS: 'false',
    },
  })
  let [said, complained] = ['', '']
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  child.stderr.on('data', (chunk) => {
    complained += chunk
  })
  const code = await new Promise((done) => child.once('exit', done))
  if (code !== 0) throw new Error(`wrangler ${args[0]} failed:\n${complained}${said}`)
  return said
}
