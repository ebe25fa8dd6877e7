import { runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { BudgetsView } from '../../src/operator/schemas.ts'
import type { World } from './world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const OPERATOR = { authorization: 'Bearer letmein' }
const ORIGIN = 'https://firekeeper.example.com'
const URL = `${ORIGIN}/budgets`

/** Limits as an operator sets and sees them, and what a deploy may change of them. */
export function useLimits(world: World) {
  const restore: (() => void)[] = []
  beforeEach(() => {
    // In the morning: whenever the tests run, no day ends in the midst of a story that does not mean it to.
    vi.setSystemTime(Math.ceil(Date.now() / DAY) * DAY + 8 * HOUR)
  })
  afterEach(() => {
    for (const one of restore.splice(0).reverse()) one()
  })

  async function limit(...all: { for: string; per: string; usd: number }[]) {
    const answer = await patch({ budgets: all })
    expect({ status: answer.status, said: await answer.text() }).toMatchObject({ status: 200 })
  }

  async function patch(body: object | string) {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const init = { method: 'PATCH', headers: OPERATOR, body: text }
    return await exports.default.fetch(new Request(URL, init))
  }

  async function budgets() {
    const answer = await exports.default.fetch(new Request(URL, { headers: OPERATOR }))
    return BudgetsView.parse(await answer.json()).budgets
  }

  /** As people see them, on the operator's first page. */
  async function seen() {
    const headers = { ...OPERATOR, accept: 'text/html' }
    return await (await exports.default.fetch(new Request(ORIGIN, { headers }))).text()
  }

  /** An hour later nothing is out that nobody uses. */
  async function comesHome() {
    vi.setSystemTime(Date.now() + HOUR / 2)
    await runInDurableObject(account(), (instance) => instance.alarm())
  }

  /** As after a deploy. */
  async function variables(changed: Partial<Record<Variable, string>>) {
    const objects: DurableObjectStub[] = [account(), world.room(), world.room(world.office)]
    for (const object of objects) {
      await runInDurableObject(object, (instance) => {
        const seen = Reflect.get(instance, 'env')
        for (const name of Object.keys(changed)) {
          const before = seen[name]
          restore.push(() => Object.assign(seen, { [name]: before }))
        }
        Object.assign(seen, changed)
      })
    }
  }

  function account() {
    return env.ACCOUNTS.getByName(world.campfire.origin)
  }

  return { limit, patch, budgets, seen, comesHome, variables, account }
}

type Variable = 'BUDGETS' | 'OPERATOR_ROOM' | 'TIME_ZONE' | 'BOT_KEYS'

export function used(read: number, said: number) {
  const none = { cache_read_input_tokens: 0, cache_creation_input_tokens: 0, cache_creation: null }
  return { usage: { ...none, input_tokens: read, output_tokens: said } }
}
