import { describe, expect, it } from 'vitest'
import { useLimits } from '../support/limits.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const { limit, patch, budgets } = useLimits(world)

describe('what is sent to PATCH /budgets', () => {
  const day = '"for": "installation", "per": "day"'
  it.each([
    'NaN',
    'null',
    '[]',
    '{}',
    '{"budgets": {}}',
    `{"budgets": [{${day}, "usd": NaN}]}`,
    `{"budgets": [{${day}, "usd": 1e999}]}`,
    `{"budgets": [{${day}, "usd": -0.000001}]}`,
    `{"budgets": [{${day}, "usd": 0.0000001}]}`,
    `{"budgets": [{${day}, "usd": 1000001}]}`,
    `{"budgets": [{${day}, "usd": true}]}`,
    `{"budgets": [{${day}}]}`,
    `{"budgets": [[${JSON.stringify('installation')}, "day", 5]]}`,
    `{"budgets": [{"for": "room:1e3", "per": "day", "usd": 5}]}`,
    `{"budgets": [{"for": "person:-1", "per": "day", "usd": 5}]}`,
    `{"budgets": [{"for": "bot:__proto__", "per": "day", "usd": 5}]}`,
    `{"budgets":[${Array(501).fill(`{${day}, "usd": 5}`).join()}]}`,
    `{"budgets": [], "revision": 9}`,
  ])('is refused, and what held goes on to hold: %s', async (body) => {
    await limit({ for: 'room:2', per: 'week', usd: 7 })
    const answer = await patch(body)

    expect(answer.status).toBe(400)
    expect(await budgets()).toMatchObject([{ for: 'room:2', per: 'week', usd: 7 }])
  })
})
