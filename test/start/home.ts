import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join, relative } from 'node:path'
import { isWeak } from '../../src/operator/doctor.ts'

interface Keys {
  assistant: string
  analyst: string
  admin: string
}
interface Ports {
  worker: number
  campfire: number
}

/** What outlives a restart: keys and ports here, and beside them what the two Workers store. */
export class Home {
  readonly path: string
  readonly keys: Keys
  readonly ports: Ports | undefined

  /** Two at once would take every turn twice, so the second is refused. */
  static async open(path: string) {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    await hold(relative('.', join(path, 'lock')))
    return new Home(path)
  }

  private constructor(path: string) {
    this.path = path
    const saved = existsSync(this.file) ? JSON.parse(readFileSync(this.file, 'utf8')) : {}
    const keys = saved.keys ?? { assistant: newToken(), analyst: newToken(), admin: '' }
    // The page's own doctor looks at it, and refuses what can be guessed.
    this.keys = {
      ...keys,
      admin: isWeak(keys.admin) ? randomBytes(24).toString('hex') : keys.admin,
    }
    this.ports = saved.ports
  }

  remember(ports: Ports) {
    const { keys } = this
    writeFileSync(this.file, JSON.stringify({ keys, ports }, null, 2), { mode: 0o600 })
  }

  /** Read and written by whoever starts it, and by nobody else. */
  get file() {
    return join(this.path, 'home.json')
  }
}

/** As long as this process lives, however it ends: a socket has nobody behind it then. */
async function hold(socket: string) {
  if (await answers(socket)) throw new Error('It runs already. Stop it there first.')

  rmSync(socket, { force: true })
  const lock = createServer((visitor) => visitor.destroy())
  await new Promise<void>((done, fail) => {
    lock.once('error', fail)
    lock.listen(socket, done)
  })
  lock.unref()
}

function answers(socket: string) {
  return new Promise<boolean>((answer) => {
    const visit = connect(socket, () => answer(true))
    visit.on('error', () => answer(false))
    visit.on('connect', () => visit.destroy())
  })
}

/** As Campfire makes them: letters and digits. */
function newToken() {
  return randomBytes(9).toString('base64').replace(/[+/]/g, 'x')
}
