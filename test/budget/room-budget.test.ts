import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { nameOf } from '../../src/address.ts'
import { type Call, RoomBudget } from '../../src/budget/room-budget.ts'
import { leastTokensOf, worstAt, worstOf } from '../../src/model/worst-case.ts'
import type { Prompt } from '../../src/model.ts'
import { hashOf } from '../../src/prompt.ts'
import type { AccountReport } from '../../src/runtime.ts'
import { openTables } from '../../src/tables.ts'
import { inRoom } from '../support/rows.ts'

const LIMITS = { version: '1', revision: 1, env: ' ', here: true, people: [] }
const PROMPT: Prompt = {
  model: 'claude-sonnet-5-5',
  system: 'Be brief.',
  tools: [],
  messages: [{ role: 'user', content: 'Hello?' }],
  maxTokens: 8_000,
  mayUseTools: true,
}
const LEAST = leastTokensOf(PROMPT)

describe('what another call has left of a lease', () => {
  it.each([
    { tokens: 9_000, asks: 8_000 },
    { tokens: 3_000, asks: 3_000 },
    { tokens: LEAST, asks: LEAST },
    { tokens: LEAST - 1, asks: null },
    { tokens: 0, asks: null },
  ])('pays for an answer of $tokens tokens: asked are $asks', async ({ tokens, asks }) => {
    const worst = worstOf(PROMPT, [], hashOf) ?? expect.fail()
    const reserved = await reservedOf(worstAt(worst, tokens))

    expect(reserved?.prompt.maxTokens ?? null).toBe(asks)
  })
})

async function reservedOf(amount: number) {
  return await inRoom(({ sql }) => {
    const name = nameOf({ url: 'https://chat.example.com', room: 1, bot: 3 })
    const tables = openTables({ id: { name }, storage: { sql } } as unknown as DurableObjectState)
    const lease = { payer: 'here', version: '1', ends: tables.now() + 60_000, isBrief: false }
    tables.leases.write([], [{ ...lease, number: 1, amount, state: 'open' }])
    const report = { limits: () => LIMITS } as unknown as AccountReport
    const call: Call = { asker: 1, turn: '1', since: 0, prompt: PROMPT, counted: [] }
    return new RoomBudget(tables, env, { report, wait: () => {} }).reserve(call)
  })
}
