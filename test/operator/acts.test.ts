import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Acts } from '../../src/operator/health/schemas.ts'
import { Person } from '../../src/person.ts'
import { Room } from '../../src/room.ts'
import { OUT_OF_ORDER } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'
import { ask, page } from './visitor.ts'

const world = useWorld()
const account = () => env.ACCOUNTS.getByName('https://chat.example.com')

interface Act {
  what: string
  about: string
  asks: [method: string, path: string, body?: object]
  /** Where it is done, and by which name. */
  in: { prototype: object }
  by: string
}

const HERE = '/rooms/1/assistant'
const KEPT = '/kept/rooms/1/assistant'
const ACTS: Act[] = [
  {
    what: 'reset',
    about: 'room 1, assistant',
    asks: ['DELETE', `${HERE}/session`],
    in: Room,
    by: 'resetSession',
  },
  {
    what: 'settings',
    about: 'room 1, assistant',
    asks: ['PATCH', `${HERE}/settings`, { ttlMinutes: 9 }],
    in: Room,
    by: 'changeSettings',
  },
  {
    what: 'stop',
    about: 'room 1, assistant',
    asks: ['DELETE', `${HERE}/turn`],
    in: Room,
    by: 'stopTurn',
  },
  {
    what: 'again',
    about: 'room 1, assistant, turn 1',
    asks: ['PUT', `${HERE}/turns/1/again`],
    in: Room,
    by: 'tryAgain',
  },
  {
    what: 'test',
    about: 'room 1, assistant',
    asks: ['PATCH', '/bots/assistant/test', { room: 1, words: 'Hi.' }],
    in: Room,
    by: 'sayTest',
  },
  {
    what: 'change',
    about: 'fact 1 of room 1, assistant',
    asks: ['PATCH', `${KEPT}/facts/1`, { words: 'We meet on Fridays.' }],
    in: Room,
    by: 'changeKept',
  },
  {
    what: 'delete',
    about: 'fact 1 of room 1, assistant',
    asks: ['DELETE', `${KEPT}/facts/1`],
    in: Room,
    by: 'removeKept',
  },
  {
    what: 'delete',
    about: 'fact 1 of person 1',
    asks: ['DELETE', '/kept/people/1/facts/1'],
    in: Person,
    by: 'removeKept',
  },
]

describe('what an operator does elsewhere than in the log', () => {
  beforeEach(async () => {
    world.model
      .uses('memory', { action: 'remember', of: 'room', fact: 'We meet on Mondays.' })
      .says('Yes.')
    await world.asks(world.david, 'we meet on Mondays')
  })

  it.each(ACTS)('stands there before it is done, whatever dies on the way: $what', async (act) => {
    const {
      what,
      about,
      asks,
      in: { prototype },
      by,
    } = act
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const before: unknown[] = []
    const real = Reflect.get(prototype, by)
    const spy = vi.spyOn(prototype as Record<string, () => Promise<never>>, by)
    spy.mockImplementation(async function (this: unknown, ...args: unknown[]) {
      before.push(...(await account().acts(9)))
      await real.apply(this, args)
      throw new Error(OUT_OF_ORDER) // it is done, and nobody hears of it
    })
    expect((await does(asks)).status).toBe(500)

    const begun = { who: 'token', what, about, outcome: null }
    expect(before).toMatchObject([begun])
    expect(await log()).toMatchObject([begun])
    expect(await page('/acts')).toContain('not known whether it was done')
  })

  it('is told apart from what came to nothing', async () => {
    expect(
      (await does(['PATCH', `${KEPT}/facts/1`, { words: 'We meet on Fridays.' }])).status,
    ).toBe(204)
    for (const asks of [
      ['DELETE', `${HERE}/turn`],
      ['DELETE', `${KEPT}/facts/99`],
      ['PUT', `${HERE}/turns/1/again`],
    ] as const)
      expect([404, 409]).toContain((await does([...asks])).status)

    expect((await log()).map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
      'again refused',
      'delete refused',
      'stop refused',
      'change done',
    ])
    expect((await page('/acts')).match(/nothing was done/g)).toHaveLength(3)
  })

  it('is not done where the log cannot be reached', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { Account } = await import('../../src/account.ts')
    vi.spyOn(Account.prototype, 'beginAct').mockImplementation(() => {
      throw new Error(OUT_OF_ORDER)
    })
    expect((await does(['DELETE', `${KEPT}/facts/1`])).status).toBe(500)
    vi.restoreAllMocks()

    expect(await page(KEPT)).toContain('We meet on Mondays.')
  })
})

describe('what an operator changes beside the log', () => {
  it('is there in one commit with the change, whoever dies after that', async () => {
    await account().changeBot('assistant', { instructions: 'Be kind.' }, { who: 'ann', from: null })
    await account().changeBot('assistant', { instructions: 'Be kind.' }, { who: 'ann', from: null })
    await account().changeBot(
      'assistant',
      { instructions: 'Be brief.' },
      { who: 'ben', from: null },
    )
    await account().goBack('assistant', 1, 'ann')
    await account().goBack('assistant', 'file', 'ann')
    await account().changeBudgets([{ for: 'installation', per: 'day', usd: 1 }], 'ben')
    await account().changeBudgets([{ for: 'nobody', per: 'day', usd: 1 }], 'ben')
    await account().changeBudgets(null, 'ben')

    expect(
      (await log()).map(({ who, what, about, outcome }) => [who, what, about, outcome]),
    ).toEqual([
      ['ben', 'limits', 'as the variable says', 'done'],
      ['ben', 'limits', '1 limit', 'done'],
      ['ann', 'file', 'assistant, version 4', 'done'],
      ['ann', 'back', 'assistant, version 3', 'done'],
      ['ben', 'bot', 'assistant, version 2', 'done'],
      ['ann', 'bot', 'assistant, version 1', 'done'],
    ])
  })
})

async function does([method, path, body]: Act['asks']) {
  return await ask(path, { method, ...(body && { body: JSON.stringify(body) }) })
}

async function log() {
  return Acts.parse(await (await ask('/acts')).json()).acts
}
