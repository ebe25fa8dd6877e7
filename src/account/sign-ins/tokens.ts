import { MINUTE } from '../../clock.ts'
import { log } from '../../log.ts'
import type { SignInTable } from '../../tables/account/sign-ins.ts'
import { mcp } from '../../tools.ts'
import type { Grants } from './grants.ts'
import { lineOf, serverOf, type Which } from './servers.ts'
import { kindOf } from './wording.ts'

/** A token, or why there is none: nobody has signed in; that is over; or nobody can tell just now. */
export interface Token {
  token: string | null
  none: 'signed out' | 'ended' | 'not now' | null
}

/** Renewed before it runs out: a use of a tool takes a while. */
const EARLY = MINUTE
/** One that ended is tried again so often: what said so may have been wrong. */
const AGAIN = 5 * MINUTE

interface World {
  env: Env
  table: SignInTable
  grants: Grants
  /** Who is told that a sign-in is over. */
  ended: () => void
}

/** The tokens that rooms use, renewed where their time is over. */
export class Tokens {
  #env: Env
  #table: SignInTable
  #grants: Grants
  #ended: () => void
  /** Those who ask at the same time get the same one: a token that is renewed twice may be worth nothing. */
  #renewing = new Map<string, Promise<Token>>()

  constructor({ env, table, grants, ended }: World) {
    this.#env = env
    this.#table = table
    this.#grants = grants
    this.#ended = ended
  }

  /** `refused`: a token that the server did not take, though its time was not over. */
  async of(which: Which, refused: string | null): Promise<Token> {
    const key = JSON.stringify(which)
    for (
      let known = this.#renewing.get(key);
      known !== undefined;
      known = this.#renewing.get(key)
    ) {
      const answer = await known
      if (answer.token === null || answer.token !== refused) return answer
    }
    const work = this.#tokenOf(which, refused).finally(() => this.#renewing.delete(key))
    this.#renewing.set(key, work)
    return await work
  }

  async #tokenOf(which: Which, refused: string | null): Promise<Token> {
    const server = serverOf(this.#env, which)
    const found = await this.#grants.of(which)
    if (!server || !found) return noneSince('signed out')
    const { grant, row } = found
    const now = Date.now()
    if (row.state !== 'in' && now - row.at < AGAIN) return noneSince('ended')
    const isOver = grant.expires !== null && grant.expires - EARLY <= now
    if (row.state === 'in' && !isOver && grant.access !== refused) return tokenIn(grant.access)
    try {
      const renewed = await mcp.refreshSignIn(server, grant, lineOf(this.#env))
      const kept = await this.#grants.seal(renewed, which, row.url)
      // Somebody may have signed out meanwhile, or in again: no `await` from here to the row.
      if (!this.#grants.isStill(row)) return await this.#tokenInstead(which, server, renewed)
      this.#table.keep({ ...row, kept, state: 'in', at: Date.now() })
      return tokenIn(renewed.access)
    } catch (error) {
      if (!(error instanceof mcp.SignedOut)) {
        log.warn('mcp.not_renewed', { ...which, error: kindOf(error) })
        const holds = grant.access !== refused && (grant.expires ?? now) > now
        return holds ? tokenIn(grant.access) : noneSince('not now')
      }
      if (!this.#grants.isStill(row)) return noneSince('not now')
      this.#table.keep({ ...row, state: row.state === 'in' ? 'ended' : row.state, at: now })
      log.warn('mcp.sign_in_ended', which)
      this.#ended()
      return noneSince('ended')
    }
  }

  /** What was renewed is wanted by nobody any more. */
  async #tokenInstead(which: Which, server: mcp.Server, renewed: mcp.Grant): Promise<Token> {
    const found = await this.#grants.of(which)
    if (found) return tokenIn(found.grant.access)
    await mcp.revokeSignIn(server, renewed, lineOf(this.#env)).catch(() => {})
    return noneSince('signed out')
  }
}

function tokenIn(token: string): Token {
  return { token, none: null }
}

function noneSince(none: Token['none']): Token {
  return { token: null, none }
}
