import * as z from 'zod'
import { findBot, membersOf } from '../bots.ts'
import { inTime, MINUTE } from '../clock.ts'
import { log } from '../log.ts'
import { type SignInRow, SignInTable } from '../tables/account/sign-ins.ts'
import { mcp } from '../tools.ts'
import { tellOperator } from './operator-room.ts'
import { open, seal } from './sealed.ts'

/** Which server of which bot, by the names in its file. */
type Which = { bot: string; server: string }

/** A token, or why there is none: nobody has signed in; that is over; or nobody can tell just now. */
export interface Token {
  token: string | null
  none: 'signed out' | 'ended' | 'not now' | null
}

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
/** Renewed before it runs out: a use of a tool takes a while. */
const EARLY = MINUTE
/** One that ended is tried again so often: what said so may have been wrong. */
const AGAIN = 5 * MINUTE
const REVOKED_WITHIN = 3_000

/** What an operator has signed in to for bots. No token leaves this object but for the room that uses it. */
export class SignIns {
  #env: Env
  #table: SignInTable
  #ctx: DurableObjectState
  /** Those who ask at the same time get the same one: a token that is renewed twice may be worth nothing. */
  #renewing = new Map<string, Promise<Token>>()

  constructor(ctx: DurableObjectState, env: Env) {
    this.#env = env
    this.#table = new SignInTable(ctx.storage.sql)
    this.#ctx = ctx
  }

  stateOf(which: Which): SignedIn {
    const row = this.#rowOf(which)
    if (!row) return 'out'
    return row.state === 'in' ? 'in' : 'ended'
  }

  /** Where an operator goes. In words: why not. `isBrowser`: it must be the same one that comes back. */
  async begin(which: Which, { redirect, isBrowser }: { redirect: string; isBrowser: boolean }) {
    const server = this.#serverOf(which)
    if (!server) return { location: null, state: null, why: 'It takes no sign-in.' }
    const state = secretWords()
    const now = Date.now()
    try {
      const known = (await this.#grantOf(which))?.grant ?? null
      const beginning = { ...this.#line(), redirect, state, known, secret: this.#secretOf(server) }
      const { location, begun } = await mcp.beginSignIn(server, beginning)
      const kept = await this.#seal({ ...begun, isBrowser }, which, server.url)
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
    const server = which && this.#serverOf(which)
    const isLate = begun !== null && Date.now() - begun.at > BEGUN_LASTS
    if (!begun || !which || !server || isLate || server.url !== begun.url)
      return { which: null, why: UNKNOWN }
    const kept = Begun.safeParse(await this.#open(begun.kept, which, begun.url)).data
    if (!kept) return { which: null, why: UNKNOWN }
    if (kept.isBrowser && browser !== state) return { which, why: ANOTHER_BROWSER }
    if (error || !code) return { which, why: DECLINED }
    try {
      const grant = await mcp.finishSignIn(server, kept, { ...this.#line(), code, iss })
      const sealed = await this.#seal(grant, which, server.url)
      this.#table.keep({ ...which, url: server.url, kept: sealed, state: 'in', at: Date.now() })
      log.info('mcp.signed_in', which)
      return { which, why: null }
    } catch (error) {
      return { which, why: whyIn(error, which) }
    }
  }

  /** `refused`: a token that the server did not take, though its time was not over. */
  async token(which: Which, refused: string | null): Promise<Token> {
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
    const server = this.#serverOf(which)
    const found = await this.#grantOf(which)
    if (!server || !found) return noneSince('signed out')
    const { grant, row } = found
    const now = Date.now()
    if (row.state !== 'in' && now - row.at < AGAIN) return noneSince('ended')
    const isOver = grant.expires !== null && grant.expires - EARLY <= now
    if (row.state === 'in' && !isOver && grant.access !== refused) return tokenIn(grant.access)
    try {
      const renewed = await mcp.refreshSignIn(server, grant, this.#line())
      const kept = await this.#seal(renewed, which, row.url)
      // Somebody may have signed out meanwhile, or in again: no `await` from here to the row.
      if (!this.#isStill(row)) return await this.#tokenInstead(which, server, renewed)
      this.#table.keep({ ...row, kept, state: 'in', at: Date.now() })
      return tokenIn(renewed.access)
    } catch (error) {
      if (!(error instanceof mcp.SignedOut)) {
        log.warn('mcp.not_renewed', { ...which, error: kindOf(error) })
        const holds = grant.access !== refused && (grant.expires ?? now) > now
        return holds ? tokenIn(grant.access) : noneSince('not now')
      }
      if (!this.#isStill(row)) return noneSince('not now')
      this.#table.keep({ ...row, state: row.state === 'in' ? 'ended' : row.state, at: now })
      log.warn('mcp.sign_in_ended', which)
      this.#ctx.waitUntil(this.tell())
      return noneSince('ended')
    }
  }

  /** One line for each sign-in that has ended, in the room that the operator reads. */
  async tell() {
    for (const { bot, server, at } of this.#table.ended()) {
      const note = { id: `sign-in ${bot} ${server} ${at}`, bot, server }
      const url = String(this.#ctx.id.name)
      const isTold = await tellOperator(
        this.#env,
        url,
        async (room) => await room.tellOfServer(note),
      )
      const row = this.#table.find(bot, server)
      if (!isTold) await this.#wakeSoon()
      else if (row?.at === at) this.#table.keep({ ...row, state: 'told' })
    }
  }

  /** Never later than is set already. */
  async #wakeSoon() {
    const set = await this.#ctx.storage.getAlarm()
    const due = Date.now() + MINUTE
    if (set === null || set > due) await this.#ctx.storage.setAlarm(due)
  }

  #isStill({ bot, server, kept }: SignInRow) {
    const now = this.#table.find(bot, server)?.kept
    return now !== undefined && isSame(now, kept)
  }

  /** What was renewed is wanted by nobody any more. */
  async #tokenInstead(which: Which, server: mcp.Server, renewed: mcp.Grant): Promise<Token> {
    const found = await this.#grantOf(which)
    if (found) return tokenIn(found.grant.access)
    await mcp.revokeSignIn(server, renewed, this.#line()).catch(() => {})
    return noneSince('signed out')
  }

  /** Forgotten here, and there as far as it can be had. False: there was none. */
  async end(which: Which) {
    const server = this.#serverOf(which)
    const found = await this.#grantOf(which)
    const wasThere = this.#table.find(which.bot, which.server) !== null
    this.#table.remove(which.bot, which.server)
    if (server && found)
      await inTime(
        mcp.revokeSignIn(server, found.grant, this.#line()).catch(() => {}),
        REVOKED_WITHIN,
      )
    return wasThere
  }

  async #grantOf(which: Which) {
    const row = this.#rowOf(which)
    const kept = row && (await this.#open(row.kept, which, row.url))
    const grant = mcp.Grant.safeParse(kept).data
    return row && grant ? { row, grant } : null
  }

  /** What was signed in to at another address is nothing that holds here. */
  #rowOf({ bot, server }: Which): SignInRow | null {
    const row = this.#table.find(bot, server)
    return row && row.url === this.#serverOf({ bot, server })?.url ? row : null
  }

  async #seal(value: unknown, which: Which, url: string) {
    return await seal(value, { secret: this.#env.ADMIN_TOKEN, about: aboutOf(which, url) })
  }

  async #open(kept: ArrayBuffer, which: Which, url: string) {
    return await open(kept, { secret: this.#env.ADMIN_TOKEN, about: aboutOf(which, url) })
  }

  #serverOf({ bot, server }: Which) {
    const member = findBot(membersOf(this.#env.BOT_KEYS).members, bot)
    const found = member?.bot.mcp.find(({ name }) => name === server)
    return found && mcp.takesSignIn(found) ? found : null
  }

  #secretOf({ auth }: mcp.Server) {
    const name = typeof auth === 'object' ? auth.clientSecret : undefined
    const found: unknown = Object.entries(this.#env).find(([key]) => key === name)?.[1]
    return typeof found === 'string' && found ? found : null
  }

  #line() {
    return { fetch: globalThis.fetch.bind(globalThis), home: this.#env.CAMPFIRE_URL ?? '' }
  }
}

const UNKNOWN =
  'This sign-in is not known here, or not any more: it takes ten minutes at most, and each counts once. Please begin again.'
const ANOTHER_BROWSER =
  'This sign-in was begun in another browser, so nothing has changed. Please begin again.'
const DECLINED = 'It was declined there, so nothing has changed.'

function tokenIn(token: string): Token {
  return { token, none: null }
}

function noneSince(none: Token['none']): Token {
  return { token: null, none }
}

function aboutOf({ bot, server }: Which, url: string) {
  return JSON.stringify([bot, server, url])
}

function isSame(one: ArrayBuffer, other: ArrayBuffer) {
  const [bytes, others] = [new Uint8Array(one), new Uint8Array(other)]
  return bytes.length === others.length && bytes.every((byte, at) => byte === others[at])
}

/** In words for the operator, and never what a server has answered. */
function whyIn(error: unknown, which: Which) {
  log.warn('mcp.no_sign_in', { ...which, error: kindOf(error) })
  return error instanceof mcp.NoSignIn
    ? error.message
    : 'It did not work. The log has a line of it.'
}

function kindOf(error: unknown) {
  return error instanceof Error ? error.name : typeof error
}

function secretWords() {
  return crypto.getRandomValues(new Uint8Array(32)).toBase64(BASE64)
}

async function hashOf(text: string) {
  const bytes = new TextEncoder().encode(text)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toBase64(BASE64)
}

const BASE64 = { alphabet: 'base64url', omitPadding: true } as const
