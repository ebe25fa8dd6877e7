import { expect, it, vi } from 'vitest'
import { useWorld } from './support/world.ts'
import { exports } from 'cloudflare:workers'
const world = useWorld()
it('x', async () => {
  void world
  const r = await exports.default.fetch(new Request('https://a/webhook', { method: 'POST', body: '' }))
  const calls = vi.mocked(console.warn).mock.calls
  expect([r.status, vi.isMockFunction(console.warn), calls, vi.mocked(console.log).mock?.calls]).toEqual(1)
})
