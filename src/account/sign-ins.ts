import * as z from 'zod'
import { inTime, MINUTE } from '../clock.ts'
import { log } from '../log.ts'
import { SignInTable } from '../tables/account/sign-ins.ts'
import { mcp } from '../tools.ts'
import { tellOfEnded } from './sign-ins/ended.ts'
import { Grants } from './sign-ins/grants.ts'
import { lineOf, secretOf, serverOf, type Which } from './sign-ins/servers.ts'
import { hashOf, secretWords } from './sign-ins/state.ts'
import { type Token, Tokens } from './sign-ins/tokens.ts'
import { ANOTHER_BROWSER, DECLINED, UNKNOWN, whyIn } from './sign-ins/wording.ts'

/** As an operator sees it. */
export type SignedIn = 'in' | 'out' | 'ended'

/** What whoever comes back brings along, and the state that their browser knows. */
export interface Return {
  state: string | null
  code: string | null
  iss: string | null
  error: string | null
  browser: string | null
}

interface Finished {
  which: Which | null
  /** Null: they are signed in. */
  why: string | null
}

const Begun = mcp.Begun.extend({ isBrowser: z.boolean() })

/** Whoever signs in takes no longer. */
const BEGUN_LASTS = 10 * MINUTE
const REVOKED_WITHIN = 3_000

/** What an operator has signed in to for bots. No token leaves this object but for the room that uses it. */
export class SignIns {
  #env: Env
  #table: SignInTable
  #ctx: DurableObjectState
  #grants: Grants
  #tokens: Tokens

  constructor(ctx: DurableObjectState, env: Env) {
    this.#env = env
    this.#table = new SignInTable(ctx.storage.sql)
    this.#ctx = ctx
    this.#grants = new Grants(env, this.#table)
    this.#tokens = new Tokens({
      env,
      table: this.#table,
      grants: this.#grants,
      ended: () => ctx.waitUntil(this.tell()),
    })
  }

  stateOf(which: Which): SignedIn {
    const row = this.#grants.rowOf(which)
    if (!row) return 'out'
    return row.state === 'in' ? 'in' : 'ended'
  }

  /** Where an operator goes. In words: why not. `isBrowser`: it must be the same one that comes back. */
  async begin(which: Which, { redirect, isBrowser }: { redirect: string; isBrowser: boolean }) {
    const server = serverOf(this.#env, which)
    if (!server) return { location: null, state: null, why: 'It takes no sign-in.' }
    const state = secretWords()
    const now = Date.now()
    try {
      const known = (await this.#grants.of(which))?.grant ?? null
      const beginning = {
        ...lineOf(this.#env),
        redirect,
        state,
        known,
        secret: secretOf(this.#env, server),
      }
      const { location, begun } = await mcp.beginSignIn(server, beginning)
      const kept = await this.#grants.seal({ ...begun, isBrowser }, which, server.url)
      this.#table.begin({ ...which, state: await hashOf(state), url: server.url, kept, at: now })
      return { location, state, why: null }
    } catch (error) {
      return { location: null, state: null, why: whyIn(error, which) }
    }
  }

  /** Whoever comes back. Each is taken once. */
  async finish({ state, code, iss, error, browser }: Return): Promise<Finished> {
    const begun = state ? this.#table.takeBegun(await hashOf(state)) : null
    const which = begun && { bot: begun.bot, server: begun.server }
    const server = which && serverOf(this.#env, which)
    const isLate = begun !== null && Date.now() - begun.at > BEGUN_LASTS
    if (!begun || !which || !server || isLate || server.url !== begun.url)
      return { which: null, why: UNKNOWN }
    const kept = Begun.safeParse(await this.#grants.open(begun.kept, which, begun.url)).data
    if (!kept) return { which: null, why: UNKNOWN }
    if (kept.isBrowser && browser !== state) return { which, why: ANOTHER_BROWSER }
    if (error || !code) return { which, why: DECLINED }
    try {
      const grant = await mcp.finishSignIn(server, kept, { ...lineOf(this.#env), code, iss })
      const sealed = await this.#grants.seal(grant, which, server.url)
      this.#table.keep({ ...which, url: server.url, kept: sealed, state: 'in', at: Date.now() })
      log.info('mcp.signed_in', which)
      return { which, why: null }
    } catch (error) {
      return { which, why: whyIn(error, which) }
    }
  }

  /** `refused`: a token that the server did not take, though its time was not over. */
  async token(which: Which, refused: string | null): Promise<Token> {
    return await this.#tokens.of(which, refused)
  }

  /** One line for each sign-in that has ended, in the room that the operator reads. */
  async tell() {
    await tellOfEnded({ ctx: this.#ctx, env: this.#env, table: this.#table })
  }

  /** Forgotten here, and there as far as it can be had. False: there was none. */
  async end(which: Which) {
    const server = serverOf(this.#env, which)
    const found = await this.#grants.of(which)
    const wasThere = this.#table.find(which.bot, which.server) !== null
    this.#table.remove(which.bot, which.server)
    if (server && found)
      await inTime(
        mcp.revokeSignIn(server, found.grant, lineOf(this.#env)).catch(() => {}),
        REVOKED_WITHIN,
      )
    return wasThere
  }
}
