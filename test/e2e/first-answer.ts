import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { eventually } from './support/eventually.ts'
import { API_KEY, freePort, SettingUp } from './support/setting-up.ts'

/**
 * From `git clone` to the first answer, as the README says it, in the local Campfire: how many commands, and how long
 * each of them took. `node test/e2e/first-answer.ts`; it fetches packages, so it is no test.
 */
const ROOT = resolve(import.meta.dirname, '../..')
const parent = mkdtempSync(join(tmpdir(), 'firekeeper-first-'))
const clone = join(parent, 'firekeeper')
const here = await SettingUp.begin('rails')
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const steps: { step: string; seconds: number }[] = []
const running: ChildProcess[] = []
const access = ['--bot', here.line(), '--anthropic-key', API_KEY, '--model-url', here.modelUrl]

try {
  await timed('git clone', async () => await runs('git', ['clone', '--quiet', ROOT, clone], parent))
  await timed('npm ci', async () => await runs('npm', ['ci', '--no-audit', '--no-fund']))
  await timed('npm run setup, deployed by dry run', async () => {
    await runs('npm', ['run', 'setup', '--', ...access, '--on', 'cloudflare', '--dry-run'])
  })
  const waits = begins('npm', ['run', 'setup', '--', ...access, '--on', 'here', '--url', url])
  await timed('npm run setup, until it waits', async () => await waits.says('Mention assistant'))
  here.pastes(`${url}/webhook`)
  begins('npm', ['run', 'dev', '--', '--port', `${port}`, '--inspector-port', '0'])
  await timed('npm run dev, until it answers', async () => {
    await eventually(
      'the Worker',
      async () => (await fetch(`${url}/health`).catch(() => null))?.ok ?? false,
      120_000,
    )
  })
  here.model.says('Hello David.')
  await timed('the first delivery: ✓ assistant heard you', async () => {
    await here.says('are you there?')
    await waits.says('✓ assistant heard you.')
  })
  await timed('the first answer after that', async () => {
    await eventually('it', () => here.posts.some((post) => post.includes('Hello David.')))
  })
  const all = steps.reduce((sum, { seconds }) => sum + seconds, 0)
  console.table([...steps, { step: 'in all', seconds: Number(all.toFixed(1)) }])
} finally {
  for (const { pid } of running) if (pid) process.kill(-pid, 'SIGKILL')
  await here.end()
  rmSync(parent, { recursive: true, force: true, maxRetries: 5 })
}
process.exit()

async function timed(step: string, work: () => Promise<unknown>) {
  const began = performance.now()
  await work()
  const seconds = Number(((performance.now() - began) / 1_000).toFixed(1))
  steps.push({ step, seconds })
  console.log(`${step}: ${seconds} s`)
}

async function runs(command: string, args: string[], cwd = clone) {
  const { ended } = begins(command, args, cwd)
  const { status, printed } = await ended
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${printed}`)
}

/** A process group of its own, so that all of it can be ended. */
function begins(command: string, args: string[], cwd = clone) {
  const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  const ended = new Promise<{ status: number | null; printed: string }>((done) =>
    child.once('close', (status) => {
      running.splice(running.indexOf(child), 1)
      done({ status, printed })
    }),
  )
  running.push(child)
  const says = async (words: string) =>
    await eventually(words, () => printed.includes(words), 120_000)
  return { ended, says }
}
