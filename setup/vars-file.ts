import { existsSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

export type Vars = Record<string, string>

/**
 * The settings of one Worker, on this machine: `.dev.vars`, or `.dev.vars.NAME` for another one. Cloudflare never
 * shows a secret again, so whoever wants to add a second bot later needs them here. Git does not look at it.
 */
export class VarsFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** The one of the Worker that has this name. */
  static of(name: string | undefined) {
    return new VarsFile(name === undefined ? '.dev.vars' : `.dev.vars.${name}`)
  }

  isThere() {
    return existsSync(this.path)
  }

  read(): Vars {
    const said = parseEnv(this.#text)
    return Object.fromEntries(Object.entries(said).map(([name, value]) => [name, value ?? '']))
  }

  /** Changes these and leaves every other line as it is, comments too. Never half a file. */
  write(changes: Vars) {
    const lines = Object.entries(changes).reduce(withLine, this.#text.split('\n'))
    const text = `${lines.join('\n').replace(/\n+$/, '')}\n`
    // What a death has left behind may be open to others, and a Worker may have any name but this.
    const file = this.isThere() ? realpathSync(this.path) : this.path
    const fresh = `${file}~`
    rmSync(fresh, { force: true })
    writeFileSync(fresh, text, { mode: 0o600, flag: 'wx' })
    renameSync(fresh, file)
  }

  get #text() {
    return this.isThere() ? readFileSync(this.path, 'utf8') : ''
  }
}

function withLine(lines: string[], [name, value]: [string, string]) {
  if (!isPlain(value))
    throw new Error(`${name} has a sign in it that no file of settings can hold.`)
  const line = `${name}="${value}"`
  const isOurs = (other: string) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(other)
  const at = lines.findIndex(isOurs)
  if (at < 0) return [...lines.filter((other, index) => other || index < lines.length - 1), line]
  // Where a name stands twice the last one counts.
  return lines.flatMap((other, index) => (index === at ? [line] : isOurs(other) ? [] : [other]))
}

/** Wrangler expands what stands behind a dollar sign, and quotes end where the next one stands. */
export function isPlain(value: string) {
  return !/["'`$\\\s#]/.test(value)
}
