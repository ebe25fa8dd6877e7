import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { HOUR, MINUTE } from '../../src/clock.ts'
import { McpServer } from '../support/mcp.ts'
import { BEARER, SIGN_IN, useSignIns } from '../support/sign-ins.ts'

const { world, there, goesBy, opens, signsIn, asks, knowsTheTools, standing, storedIn } =
  useSignIns()

describe('a sign-in', () => {
  beforeEach(async () => {
    await signsIn()
    await knowsTheTools()
  })

  it('is renewed before it runs out, once, however many rooms want it', async () => {
    await knowsTheTools(world.office)
    vi.setSystemTime(Date.now() + HOUR - 30_000)
    world.model.uses('tracker__find', {}).uses('tracker__find', {}).says('Done.').says('Done.')
    await Promise.all([
      world.asks(world.david, 'and now?'),
      world.asks(world.jason, 'and now?', world.office),
    ])
    expect(there.tracker.used).toHaveLength(2)
    expect(there.auth.refreshes).toBe(1)
    vi.setSystemTime(Date.now() + HOUR)
    await asks()
    expect({ used: there.tracker.used.length, refreshes: there.auth.refreshes }).toEqual({
      used: 3,
      refreshes: 2,
    })
  })

  it('is renewed where the server does not take it any more, and the tool runs once', async () => {
    const [[access, issued] = ['', null]] = [...there.auth.tokens]
    if (issued) there.auth.tokens.set('gone', issued)
    there.auth.tokens.delete(access)
    await asks()
    expect({ used: there.tracker.used.length, refreshes: there.auth.refreshes }).toEqual({
      used: 1,
      refreshes: 1,
    })
  })

  it('holds on while nobody can be reached who would renew it', async () => {
    vi.setSystemTime(Date.now() + HOUR - 30_000)
    there.auth.instead = async () => new Response('Bad gateway', { status: 502 })
    await asks()
    expect(there.tracker.used).toHaveLength(1)
    vi.setSystemTime(Date.now() + MINUTE)
    expect(await asks()).toContain('could not be renewed just now')
    there.auth.instead = null
    await asks()
    expect({ used: there.tracker.used.length, state: await standing() }).toEqual({
      used: 2,
      state: 'in',
    })
  })

  it('that ended costs no turn: the model is told, and the operator, once', async () => {
    Object.assign(env, { OPERATOR_ROOM: String(world.office.id) })
    there.auth.endsAll()
    expect(await asks()).toContain('The sign-in to tracker has ended')
    expect(await asks()).toContain('The sign-in to tracker has ended')
    await world.rings(world.office)
    expect(world.answers(world.office)).toEqual([
      "I'm not signed in to tracker any more, so assistant can't use its tools. Please sign in again on the page of assistant.",
    ])
    expect({ state: await standing(), refreshes: there.auth.refreshes }).toEqual({
      state: 'ended',
      refreshes: 1,
    })
    vi.setSystemTime(Date.now() + HOUR)
    expect(await asks()).toContain('The sign-in to tracker has ended')
    await world.rings(world.office)
    expect({ told: world.answers(world.office).length, refreshes: there.auth.refreshes }).toEqual({
      told: 1,
      refreshes: 2,
    })
    await signsIn()
    await asks()
    expect(there.tracker.used).toHaveLength(1)
  })

  it('that was ended here is gone here and there', async () => {
    expect((await opens(SIGN_IN, { method: 'DELETE', headers: BEARER })).status).toBe(303)
    expect({ rows: (await storedIn()).rows, left: there.auth.tokens.size }).toEqual({
      rows: 0,
      left: 0,
    })
    expect(await asks()).toContain('Nobody has signed in to tracker')
    expect((await opens(SIGN_IN, { method: 'DELETE', headers: BEARER })).status).toBe(404)
  })

  it.each([
    ['before its server has renewed it', false],
    ['after its server has renewed it', true],
  ])('stays ended where that was done %s, and the answer comes late', async (_, isRenewed) => {
    vi.setSystemTime(Date.now() + HOUR)
    there.auth.instead = async (request) => {
      if (!request.url.endsWith('/token')) return null
      there.auth.instead = null
      const renewed = isRenewed ? await world.fetch(request) : null
      await opens(SIGN_IN, { method: 'DELETE', headers: BEARER })
      return renewed
    }
    expect(await asks()).toContain('Nobody has signed in to tracker')
    expect({ rows: (await storedIn()).rows, left: there.auth.tokens.size }).toEqual({
      rows: 0,
      left: 0,
    })
  })

  it('goes to no other address that the bot’s file names later', async () => {
    const other = new McpServer(world, 'https://other.example.com').offer('find')
    goesBy({ url: other.url })
    await knowsTheTools()
    expect({ asked: other.asked, state: await standing() }).toEqual({ asked: [], state: 'out' })
  })

  it('is worth nothing with another ADMIN_TOKEN', async () => {
    Object.assign(env, { ADMIN_TOKEN: 'another' })
    try {
      expect(await asks()).toContain('Nobody has signed in to tracker')
    } finally {
      Object.assign(env, { ADMIN_TOKEN: 'letmein' })
    }
  })
})
