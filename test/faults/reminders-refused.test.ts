import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY, HOUR } from '../../src/clock.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'
import { callOf } from './faults.ts'

const world = useWorld()
const change = useBotChanges()

/** A Tuesday, 10:30 in Berlin. */
const TUESDAY = Date.parse('2036-12-02T09:30:00Z')
const WORDS = 'Call the bank'
const { refused } = SENTENCES.reminder

beforeEach(async () => {
  vi.setSystemTime(TUESDAY)
  change({ reply: 'whole', timeZone: 'Europe/Berlin', ttlMinutes: 400 * 1_440 })
  world.model.uses('reminders', { action: 'add', text: WORDS, at: '2036-12-02T12:00:00' })
  world.model.says('Done.')
  await world.asks(world.david, 'please')
})

describe('a reminder whose words a firewall refuses', () => {
  it('is said to be due without them, once', async () => {
    firewall()
    await world.passesBy(2 * DAY)

    expect(reminded()).toEqual([expect.stringMatching(new RegExp(`${refused}\\s+Reminder 1\\.`))])
  })

  it.each([
    ['taken, and nobody says so', 'after'],
    ['lost on its way', 'before'],
  ])('stands once where the sentence in their place is %s', async (_, loses) => {
    let lost = 0
    firewall(async (text, when) => {
      const isLost = text.includes('accept its words') && when === loses && lost++ === 0
      return isLost ? new Response('', { status: 504 }) : undefined
    })
    await world.passesBy(2 * DAY)

    expect(lost).toBeGreaterThan(0)
    expect(reminded()).toEqual([expect.stringContaining(refused)])
  })

  it.each(['before', 'after'])('stands once where the room dies %s that sentence', async (side) => {
    let deaths = 0
    firewall(async (text, when) => {
      const isIt = text.includes('accept its words') && when === side && deaths++ === 0
      return isIt ? await world.dies() : undefined
    })
    for (let lives = 0; deaths === 0 && lives < 100; lives++) await world.lives()
    await world.passesBy(2 * DAY)

    expect(reminded()).toEqual([expect.stringContaining(refused)])
  })
})

it('waits on with its words where all that is posted is refused', async () => {
  const over = TUESDAY + 6 * HOUR
  world.fault = async (request, when) =>
    when === 'before' && callOf(request) === 'create' && Date.now() < over ? page() : undefined
  await world.passesBy(2 * DAY)

  expect(reminded()).toEqual([expect.stringContaining(WORDS)])
})

/** Refuses what names the bank. */
function firewall(
  more: (text: string, when: string) => Promise<Response | undefined> = async () => undefined,
) {
  world.fault = async (request, when) => {
    if (callOf(request) !== 'create') return undefined
    const text = await request.clone().text()
    return when === 'before' && text.includes(WORDS) ? page() : await more(text, when)
  }
}

function page() {
  const html = { 'content-type': 'text/html' }
  return new Response('<title>No</title>', { status: 403, headers: html })
}

function reminded() {
  return world.answers().filter((text) => text.includes('⏰'))
}
