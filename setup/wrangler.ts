import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Vars } from './vars-file.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** Only for us: where the Worker is. */
const OURS = ['FIREKEEPER_URL']

export interface Deploy {
  vars: Vars
  name?: string | undefined
  isDry?: boolean
  /** Whatever else shall be said to `wrangler deploy`. */
  more?: string[]
}

/**
 * Code, settings and secrets in one go, so that no version ever runs with half of them. Secrets go by a file that
 * nobody else can read and that is gone afterwards: an argument can be seen by everyone on the machine.
 * Resolves to the address of the Worker, where there is one.
 */
export async function deploy({ vars, name, isDry = false, more = [] }: Deploy) {
  const folder = mkdtempSync(join(tmpdir(), 'firekeeper-'))
  const [secrets, output] = [join(folder, 'secrets.json'), join(folder, 'output')]
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // Nobody comes past the end of this whom a signal ends; by then there is nobody else who hears it.
  const end = (signal: NodeJS.Signals) => {
    remove()
    process.kill(process.pid, signal)
  }
  for (const signal of SIGNALS) process.once(signal, end)
  try {
    const kept = Object.entries(vars).filter(([key, value]) => value && !OURS.includes(key))
    const names = namesIn(readFileSync(join(ROOT, 'wrangler.toml'), 'utf8'))
    const secret = kept.filter(([key]) => !names.has(key))
    const open = kept.filter(([key]) => names.has(key))
    writeFileSync(secrets, JSON.stringify(Object.fromEntries(secret)), { mode: 0o600 })
    const args = [
      'deploy',
      ...(name === undefined ? [] : ['--name', name]),
      ...open.flatMap(([key, value]) => ['--var', `${key}:${value}`]),
      ...(secret.length ? ['--secrets-file', secrets] : []),
      ...(isDry ? ['--dry-run'] : []),
      ...more,
    ]
    const status = await wrangler(args, { WRANGLER_OUTPUT_FILE_PATH: output })
    if (status !== 0) throw new Error('wrangler deploy failed; above it says why.')
    return addressIn(output)
  } finally {
    for (const signal of SIGNALS) process.off(signal, end)
    remove()
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What wrangler.toml has under [vars], anybody may see; all else may be a token, as those of other people's servers. */
function namesIn(toml: string) {
  const vars = toml.split(/^(?=\[)/m).find((part) => part.startsWith('[vars]')) ?? ''
  return new Set([...vars.matchAll(/^([A-Za-z_]\w*)\s*=/gm)].map(([, name]) => name))
}

/** With its own questions at this terminal: it may want to sign in, or to know which account. */
function wrangler(args: string[], env: Record<string, string>) {
  return new Promise<number>((done, fail) => {
    const child = spawn('wrangler', args, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', ...env },
    })
    child.once('error', () => fail(new Error('There is no wrangler. Run npm ci first.')))
    child.once('exit', (code) => done(code ?? 1))
  })
}

/** One line of JSON for each thing that it did. */
function addressIn(output: string): string | null {
  let text = ''
  try {
    text = readFileSync(output, 'utf8')
  } catch {
    return null
  }
  const targets = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === 'deploy')
    .flatMap((line): unknown[] => line.targets ?? [])
    .filter((target) => typeof target === 'string' && target.includes('.'))
    .map((target) => String(target).replace(/^(?!https?:)/, 'https://'))
  const address = targets.find((target) => URL.canParse(target))
  return address ? new URL(address).origin : null
}
