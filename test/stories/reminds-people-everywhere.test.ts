import { describe, expect, it, vi } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

/** A Tuesday, 10:30 in Berlin. */
const TUESDAY = Date.parse('2036-12-02T09:30:00Z')
const NOON = Date.parse('2036-12-02T11:00:00Z')
const AT_NOON = { action: 'add', at: '2036-12-02T12:00:00', zone: 'Europe/Berlin' }

describe.each(['rails', 'port', 'v1.4.9'] as const)('on a Campfire of dialect %s', (dialect) => {
  const world = useWorld(dialect)
  const change = useBotChanges()

  async function sets(input: object) {
    vi.setSystemTime(TUESDAY)
    world.model.uses('reminders', { ...AT_NOON, ...input }).says('Done.')
    await world.asks(world.david, 'please')
  }

  function reminded() {
    return world.answers().filter((text) => text.includes('Call the bank'))
  }

  /** The post of the reminder arrives, and its answer does not. */
  function losesOneAnswer() {
    let lost = 0
    world.fault = async (request, when) => {
      const isMet = when === 'after' && isPost(request)
      return isMet && ++lost === 1 ? new Response('', { status: 504 }) : undefined
    }
  }

  it('a reminder comes once, and rings', async () => {
    change({ reply: 'whole' })
    await world.posts(world.kevin, { text: 'look', mentions: [world.assistant.id, world.david.id] })
    world.model.says('Yes?')
    await world.rings()
    await sets({ text: 'Call the bank' })
    const before = world.campfire.notifications.length
    await world.passesBy(DAY / 2)

    expect(reminded()).toHaveLength(1)
    const rung = world.campfire.notifications.slice(before).map(({ who }) => who)
    expect(rung).toEqual([world.david.id])
  })

  it('a task is done when it is due', async () => {
    change({ reply: 'whole' })
    await sets({ text: 'Summarise the day', isPrompt: true })
    world.model.says('A day of tea.')
    await world.passesBy(DAY / 2)

    expect(world.answers()).toEqual(['Done.', 'A day of tea.'])
  })

  it('one whose post had no answer stands once, or twice where nobody can look', async () => {
    change({ reply: 'whole' })
    await sets({ text: 'Call the bank' })
    losesOneAnswer()
    await world.passesBy(3 * HOUR)

    expect(reminded()).toHaveLength(dialect === 'v1.4.9' ? 2 : 1)
    const state = dialect === 'v1.4.9' ? 'doubtful' : 'posted'
    expect(await world.rows('SELECT state, next FROM reminder_posts')).toEqual([
      { state, next: null },
    ])
  })

  it.each([
    ['a database that is locked for 25 s', 25_000, isPost],
    ['a server that fails at everything for ten minutes', 600_000, () => true],
  ])('one that meets %s comes when that is over, once', async (_, ms, isMet) => {
    change({ reply: 'whole' })
    await sets({ text: 'Call the bank' })
    let since: number | null = null
    world.fault = async (request, when) => {
      if (when !== 'before' || Date.now() < NOON || !isMet(request)) return undefined
      since ??= Date.now()
      return Date.now() - since < ms ? new Response('', { status: 500 }) : undefined
    }
    await world.passesBy(3 * HOUR)

    expect(reminded()).toHaveLength(1)
  })

  it('or is left as it may be, where the bot is to say nothing twice', async () => {
    change({ reply: 'whole', unsure: 'may be missing' })
    await sets({ text: 'Call the bank' })
    losesOneAnswer()
    await world.passesBy(3 * HOUR)

    expect(reminded()).toHaveLength(1)
  })
})

function isPost({ method, url }: Request) {
  return method === 'POST' && url.endsWith('/messages')
}
