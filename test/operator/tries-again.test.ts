import { evictDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { ReceiptView, Refusal } from '../../src/operator/schemas.ts'
import { defineTool } from '../../src/tools/tool.ts'
import { useBotChanges } from '../support/bots.ts'
import { says } from '../support/rows.ts'
import { useWorld } from '../support/world.ts'

const HOME = 'https://firekeeper.example.com'
const OPERATOR = { authorization: 'Bearer letmein' }
const world = useWorld()
const change = useBotChanges()

async function pressesAgain(turn: number | string) {
  const url = `${HOME}/rooms/1/assistant/turns/${turn}/again`
  const answer = await exports.default.fetch(url, { method: 'PUT', headers: OPERATOR })
  return { status: answer.status, said: await answer.json() }
}

async function receipt(turn: number) {
  const url = `${HOME}/rooms/1/assistant/turns/${turn}`
  const answer = await exports.default.fetch(url, { headers: OPERATOR })
  return answer.status === 200 ? ReceiptView.parse(await answer.json()) : null
}

/** The model's key is wrong, so the turn fails at once, and says so. */
async function asksInVain(text: string, person = world.david) {
  world.model.fails(401)
  await world.asks(person, text)
}

describe('a turn that failed', () => {
  it('is answered when it is tried again: in another turn, for the same person, with a receipt of its own', async () => {
    await asksInVain('when is tea?', world.jason)
    world.model.says('Tea is at four.')

    expect(await pressesAgain(1)).toEqual({ status: 200, said: { turn: null } })
    await world.rings()

    expect(world.answers().at(-1)).toBe('Tea is at four.')
    expect(await receipt(1)).toMatchObject({ state: 'failed', askerId: 2 })
    expect(await receipt(2)).toMatchObject({
      state: 'replied',
      askerId: 2,
      reason: 'again 1',
      steps: [{ state: 'answered' }],
    })
    const asked = JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
    expect(asked).toContain('when is tea?')
    expect(asked).toContain('Now it is tried again.')
  })

  it('is tried once, however often that is asked for', async () => {
    await asksInVain('when is tea?')
    world.model.says('Tea is at four.')

    await Promise.all([pressesAgain(1), pressesAgain(1), pressesAgain(1)])
    await world.rings()
    expect(await pressesAgain(1)).toEqual({ status: 200, said: { turn: 2 } })
    await evictDurableObject(world.room())
    await pressesAgain(1)
    await world.rings()

    expect(await receipt(3)).toBe(null)
    expect(world.answers().filter((text) => text === 'Tea is at four.')).toHaveLength(1)
  })

  it('may fail again, and then that one is tried', async () => {
    await asksInVain('when is tea?')
    world.model.fails(401).says('Tea is at four.')
    await pressesAgain(1)
    await world.rings()
    expect(await receipt(2)).toMatchObject({ state: 'failed' })

    await pressesAgain(2)
    await world.rings()
    expect(await receipt(3)).toMatchObject({ state: 'replied', reason: 'again 2' })
  })

  it('waits for whoever came before, and is nothing that its asker says now', async () => {
    await asksInVain('when is tea?')
    world.model.says('Jason, in a moment.').says('Tea is at four.')
    await world.says(world.jason, 'and coffee?')
    await pressesAgain(1)
    await world.rings()

    expect(world.answers().slice(-2)).toEqual(['Jason, in a moment.', 'Tea is at four.'])
    expect(world.model.prompts[1] && JSON.stringify(world.model.prompts[1])).not.toContain(
      'tried again',
    )
  })

  it('is found by its row when the room died in between', async () => {
    await asksInVain('when is tea?')
    world.model.says('Tea is at four.')
    await pressesAgain(1)
    await evictDurableObject(world.room())
    await world.rings()

    expect(world.answers().at(-1)).toBe('Tea is at four.')
  })

  it('is not answered when its question was deleted since', async () => {
    world.model.fails(401)
    const question = await world.asks(world.david, 'when is tea?')
    world.campfire.messages.remove(question)
    await pressesAgain(1)
    await world.rings()

    expect(await receipt(2)).toMatchObject({ state: 'silent' })
  })

  it('asks for a yes anew, since the one that was said was to the first try', async () => {
    const run = vi.fn(async () => 'sent')
    const about = { name: 'send', description: 'Sends it.', input: z.strictObject({}) }
    const send = defineTool({ ...about, effect: 'outside', run })
    change({ tools: [send], approval: { send: 'always' }, reply: 'whole' })
    world.model.uses('send').fails(401).uses('send')
    await world.asks(world.david, 'send it')
    await world.asks(world.david, 'yes')
    expect([await receipt(2), run.mock.calls.length]).toMatchObject([{ state: 'failed' }, 1])

    await pressesAgain(2)
    await world.rings()
    expect(world.answers().at(-1)).toContain('May I run send?')
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('tells the model what its first try did', async () => {
    world.model.uses('memory', { action: 'remember', of: 'room', fact: 'Tea at four.' }).fails(401)
    await world.asks(world.david, 'remember that tea is at four')
    world.model.says('It is remembered.')
    await pressesAgain(1)
    await world.rings()

    const asked = JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
    expect(asked).toContain('In the first try these were done')
  })
})

describe('nothing is tried again', () => {
  it('of a turn that went well, that was stopped or that there never was', async () => {
    world.model.says('Tea is at four.')
    await world.asks(world.david, 'when is tea?')

    for (const [turn, status] of [
      [1, 409],
      [2, 404],
      ['x', 404],
      [0, 404],
    ] as const) {
      const answer = await pressesAgain(turn)
      expect(answer.status).toBe(status)
      Refusal.parse(answer.said)
    }
    await world.rings()
    expect(await receipt(2)).toBe(null)
  })

  it('of a turn that is not over', async () => {
    world.model.fails(529)
    await world.asks(world.david, 'when is tea?')

    expect((await pressesAgain(1)).status).toBe(409)
    await world.room().stopTurn()
    await world.rings()
  })

  it('whose words are gone, also when they go while it waits', async () => {
    await asksInVain('when is tea?')
    await asksInVain('and coffee?')
    await pressesAgain(2)
    await world.room().resetSession()

    expect(await pressesAgain(1)).toMatchObject({ status: 409 })
    await world.rings()
    expect(await receipt(3)).toMatchObject({ state: 'silent', reason: 'forgotten' })
  })

  it('for a person whom the webhook only names: they stay who they are', async () => {
    await world.room().receive(says(1, 'when is tea?', { room: null }))
    world.model.fails(401)
    await world.rings()
    world.model.says('Tea is at four.')
    await pressesAgain(1)
    await world.rings()

    expect(await receipt(2)).toMatchObject({ askerId: -1, state: 'replied' })
  })
})

describe('on a Campfire that lists nothing', () => {
  const old = useWorld('v1.4.9')

  it('is tried again all the same', async () => {
    old.model.fails(401).says('Tea is at four.')
    await old.asks(old.david, 'when is tea?')
    expect(await pressesAgain(1)).toEqual({ status: 200, said: { turn: null } })
    await old.rings()

    expect(old.answers().at(-1)).toBe('Tea is at four.')
    expect(await receipt(2)).toMatchObject({ state: 'replied', reason: 'again 1' })
  })
})
