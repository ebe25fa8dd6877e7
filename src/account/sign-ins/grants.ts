import type { SignInRow, SignInTable } from '../../tables/account/sign-ins.ts'
import { mcp } from '../../tools.ts'
import { open, seal } from '../sealed.ts'
import { serverOf, type Which } from './servers.ts'

/** What servers have granted, and what was begun: sealed, and each for one server of one bot alone. */
export class Grants {
  #env: Env
  #table: SignInTable

  constructor(env: Env, table: SignInTable) {
    this.#env = env
    this.#table = table
  }

  async of(which: Which) {
    const row = this.rowOf(which)
    const kept = row && (await this.open(row.kept, which, row.url))
    const grant = mcp.Grant.safeParse(kept).data
    return row && grant ? { row, grant } : null
  }

  /** What was signed in to at another address is nothing that holds here. */
  rowOf({ bot, server }: Which): SignInRow | null {
    const row = this.#table.find(bot, server)
    return row && row.url === serverOf(this.#env, { bot, server })?.url ? row : null
  }

  isStill({ bot, server, kept }: SignInRow) {
    const now = this.#table.find(bot, server)?.kept
    return now !== undefined && isSame(now, kept)
  }

  async seal(value: unknown, which: Which, url: string) {
    return await seal(value, { secret: this.#env.ADMIN_TOKEN, about: aboutOf(which, url) })
  }

  async open(kept: ArrayBuffer, which: Which, url: string) {
    return await open(kept, { secret: this.#env.ADMIN_TOKEN, about: aboutOf(which, url) })
  }
}

function aboutOf({ bot, server }: Which, url: string) {
  return JSON.stringify([bot, server, url])
}

function isSame(one: ArrayBuffer, other: ArrayBuffer) {
  const [bytes, others] = [new Uint8Array(one), new Uint8Array(other)]
  return bytes.length === others.length && bytes.every((byte, at) => byte === others[at])
}
