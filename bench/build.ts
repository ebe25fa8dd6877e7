import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '..')
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')

/** The Worker as `wrangler deploy` would send it; the answer is its one script. */
export async function build(source: string, out: string, ...more: string[]) {
  const where = ['--config', join(source, 'wrangler.toml'), '--outdir', out]
  await wrangler(['deploy', '--dry-run', ...where, ...more], source)
  return join(out, 'index.js')
}

/** The same with the windows of worker/entry.ts: always of these sources. */
export async function buildWithWindows(home: string) {
  const out = join(home, 'with-windows')
  await build(ROOT, out, join(ROOT, 'bench/worker/entry.ts'))
  return join(out, 'entry.js')
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
