import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'

it('runs', async () => {
  const answer = await exports.default.fetch('http://x/')
  expect(answer.status).toBe(404)
})
