import { afterEach, describe, expect, it, vi } from 'vitest'
import { nameOf } from '../../src/address.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import { used, useLimits } from '../support/limits.ts'
import { betweenAccounts } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const USED = used(10_000, 1_000)
const LIMIT = /spending limit/

const world = useWorld()
const assistant = useBotChanges()
const { limit, variables } = useLimits(world)

afterEach(() => {
  betweenAccounts.longestWait = Number.POSITIVE_INFINITY
})

describe('where a limit is used up', () => {
  it('nobody hears of it again because it was lowered, and everybody because it was raised', async () => {
    for (const usd of [0.002, 0.001, 0.003]) {
      await limit({ for: 'room:1', per: 'day', usd })
      await world.asks(world.david, `with ${usd}`)
    }
    const told = await world.rows('SELECT state FROM turns')
    expect(told.map(({ state }) => state)).toEqual(['failed', 'silent', 'failed'])
  })

  describe('what was asked for a yes', () => {
    const { yesWaits } = SENTENCES.limit
    const states = () => world.rows('SELECT state FROM approvals')
    const outcomes = () => world.rows('SELECT name, state FROM tool_uses WHERE turn > 1')

    async function isAsked() {
      assistant({ approval: { attach_file: 'always' } })
      const file = { name: 'a.csv', type: 'csv', content: 'a,b\n' }
      world.model.uses('attach_file', file, USED)
      await world.asks(world.david, 'make a list')
    }

    it('goes on waiting through a yes: nothing is done, that is said, and a yes later does it', async () => {
      await isAsked()
      await limit({ for: 'installation', per: 'day', usd: 0.001 })
      await world.asks(world.david, 'are you there?', world.office)
      for (const said of ['yes', 'yes']) {
        await world.asks(world.david, said)
        expect(world.answers().at(-1)).toMatch(LIMIT)
        expect(world.answers().at(-1)).toContain(yesWaits)
        expect(await states()).toEqual([{ state: 'waiting' }])
      }
      expect((await outcomes()).map(({ state }) => state)).toEqual(['error', 'error'])
      expect(world.answers()[0]).not.toContain('Approved')
      expect(world.model.prompts).toHaveLength(1)

      await limit({ for: 'installation', per: 'day', usd: 5 })
      world.model.says('There it is.', USED)
      await world.asks(world.david, 'yes')
      expect(world.answers().at(-1)).toBe('There it is.')
      expect(await states()).toEqual([{ state: 'granted' }])
      expect((await outcomes()).at(-1)).toEqual({ name: 'attach_file', state: 'ok' })
      expect(world.answers()[0]).toContain('Approved by David')
    })

    it('and had its yes, but no money for a day, is let go with the truth about it', async () => {
      await isAsked()
      await limit({ for: 'installation', per: 'month', usd: 0.001 })
      await world.asks(world.david, 'yes')
      await world.passes(25 * HOUR)

      const late = SENTENCES.approval.unpaid('attach_file')
      expect(world.answers().slice(2)).toEqual([late])
      expect(await states()).toEqual([{ state: 'expired' }])
      await world.asks(world.david, 'why')
      expect(world.answers().at(-1)).toContain(SENTENCES.why.reasons['approval unpaid'])
      // Nor does another yes do it then.
      await limit({ for: 'installation', per: 'month', usd: 5 })
      world.model.says('They talked.', USED).says('Too late.', USED)
      await world.asks(world.david, 'yes')
      expect(
        world.campfire.postsOf(world.assistant, world.watercooler).some(({ file }) => file),
      ).toBe(false)
    })

    it.each(['before', 'after'] as const)(
      'is not in doubt where the bot dies %s it asks for what it may spend',
      async (when) => {
        await isAsked()
        await limit({ for: 'installation', per: 'day', usd: 5 })
        let deaths = 0
        betweenAccounts.meets = async (what, side) => {
          if (what === 'take' && side === when && !deaths++) await world.dies()
        }
        world.model.says('There it is.', USED)
        await world.says(world.david, 'yes')
        await world.rings().catch(() => {})
        await world.rings()
        betweenAccounts.meets = null

        expect(deaths).toBeGreaterThan(0)
        expect((await outcomes()).map(({ state }) => state)).toEqual(['ok'])
        expect(world.answers().at(-1)).toBe('There it is.')
      },
    )

    it('is withdrawn where the bot dies each time that it asks for what it may spend', async () => {
      await isAsked()
      await limit({ for: 'installation', per: 'day', usd: 5 })
      betweenAccounts.meets = async (what) => {
        if (what === 'take') await world.dies()
      }
      await world.says(world.david, 'yes')
      for (let life = 0; life < 8; life++) {
        await world.handles()
        vi.setSystemTime(Date.now() + 10 * MINUTE)
      }
      betweenAccounts.meets = null
      await world.passes(MINUTE)

      expect(world.answers().at(-1)).toMatch(/^Sorry, I ran into trouble/)
      expect(await states()).toEqual([{ state: 'withdrawn' }])
      expect(world.answers()[0]).toContain(SENTENCES.approval.withdrawn)
    })

    it('is not in doubt where the account is out of reach for a while', async () => {
      await isAsked()
      await limit({ for: 'installation', per: 'day', usd: 5 })
      let fails = 0
      betweenAccounts.meets = async (what, side) => {
        if (what === 'take' && side === 'before' && !fails++) throw new Error('Network lost')
      }
      world.model.says('There it is.', USED)
      await world.asks(world.david, 'yes')
      await world.passes(MINUTE)
      betweenAccounts.meets = null

      expect(fails).toBeGreaterThan(0)
      expect((await outcomes()).map(({ state }) => state)).toEqual(['ok'])
    })

    it('waits as well where nobody can say what may be spent', async () => {
      await isAsked()
      await variables({ BUDGETS: 'nonsense' })
      await world.asks(world.david, 'yes')

      expect(world.answers().at(-1)).toContain(yesWaits)
      expect(await states()).toEqual([{ state: 'waiting' }])
    })

    /** The yes is there, and what is left is reserved for somebody else's answer. */
    async function waitsForOthers() {
      assistant({ maxTokens: 8_000 })
      betweenAccounts.longestWait = 20
      await limit({ for: 'installation', per: 'day', usd: 0.2 })
      const gate = Promise.withResolvers<void>()
      world.model.says('First.', USED).waits(gate.promise)
      await world.says(world.jason, 'one', world.office)
      const first = world.rings(world.office)
      await vi.waitFor(() => expect(world.model.prompts).toHaveLength(2))
      await world.says(world.david, 'yes')
      const second = world.rings()
      const name = nameOf({ url: world.campfire.origin, room: 1, bot: world.assistant.id })
      const tries = betweenAccounts.takes.get(name) ?? 0
      await vi.waitFor(() => expect(betweenAccounts.takes.get(name)).toBeGreaterThan(tries + 1))
      expect(await states()).toEqual([{ state: 'granted' }])
      expect((await outcomes()).map(({ state }) => state)).toEqual(['intended'])
      expect(world.answers()[0]).not.toContain('Approved')
      return { first, second, answer: gate.resolve }
    }

    it('is withdrawn by a stop while it waits for what it may cost, and nobody has said yes to it then', async () => {
      await isAsked()
      const { first, second, answer } = await waitsForOthers()
      await world.says(world.david, 'stop')
      await second
      answer()
      await first
      expect(world.answers().at(-1)).toBe(SENTENCES.stopped)
      expect(await states()).toEqual([{ state: 'withdrawn' }])
      expect(world.answers()[0]).toContain(SENTENCES.approval.withdrawn)

      // Where a yes holds for all of the conversation, this one does not.
      await limit()
      assistant({ approval: { attach_file: 'once' } })
      world.model.uses('attach_file', { name: 'b.csv', type: 'csv', content: 'a,b\n' }, USED)
      await world.asks(world.david, 'make it after all')
      expect(world.answers().at(-1)).toContain('b.csv')
      expect((await states()).at(-1)).toEqual({ state: 'waiting' })
    })

    it('is done with its yes where the rest comes free, and asked for nothing twice', async () => {
      await isAsked()
      const { first, second, answer } = await waitsForOthers()
      world.model.says('There it is.', USED)
      answer()
      await Promise.all([first, second])

      expect(world.answers().at(-1)).toBe('There it is.')
      expect((await outcomes()).map(({ state }) => state)).toEqual(['ok'])
      expect(world.answers()[0]).toContain('Approved by David')
    })
  })
})
