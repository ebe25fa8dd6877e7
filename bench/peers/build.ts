import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { bundle } from '../../setup/bundle.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
/** Ours is bundled by ourselves: see setup/bundle.ts. */
const OURS = 'wrangler.toml'
const ABSENT = join(import.meta.dirname, 'workers/absent.ts')

/** Builds a Worker as it would be deployed, and returns where its script is; ours has parts beside it. */
export async function build({ entry, config, home }: Wish) {
  const out = join(resolve(home), 'built', basename(entry, '.ts'))
  mkdirSync(out, { recursive: true })
  const file = join(import.meta.dirname, '../..', entry)
  const script = join(out, basename(entry).replace(/\.ts$/, '.js'))
  if (config === OURS) {
    await bundle({ entry: file, out })
    return script
  }
  const where = ['--config', join(ROOT, config), '--outdir', out]
  const args = [WRANGLER, 'deploy', file, '--dry-run', ...where, '--alias', `just-bash:${ABSENT}`]
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 120_000,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      CI: 'true',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_LOG_PATH: join(out, 'logs'),
    },
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((done) => child.once('exit', done))
  process.off('exit', end)
  if (code !== 0) throw new Error(`${entry} could not be built:\n${said}`)
  return script
}

interface Wish {
  /** Seen from the top of the repository, as the configuration is. */
  entry: string
  config: string
  home: string
}
