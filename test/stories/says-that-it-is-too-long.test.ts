import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import app from '../../src/index.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { MAX_BODY } from '../../src/webhook/body.ts'
import { useWorld } from '../support/world.ts'

describe('a message that is too long to be taken in', () => {
  const world = useWorld()

  it('is answered with one sentence, and what comes after it as ever', async () => {
    const { model, david } = world
    model.says('As ever.')
    await world.asks(david, `what of this? ${'word '.repeat(MAX_BODY / 4)}`)
    expect(world.answers()).toEqual([SENTENCES.tooLong('3-1-1')])
    expect(model.prompts).toEqual([])

    await world.asks(david, 'and now?')
    expect(world.answers()).toHaveLength(2)
  }, 30_000)

  it.each([
    ['in one line', (shape: object) => JSON.stringify(shape)],
    ['with spaces', (shape: object) => JSON.stringify(shape, null, 2)],
  ])(
    'is answered with one sentence in the flat shape as well, %s',
    async (_, write) => {
      const body = write({
        creator: { id: 1, name: 'David' },
        room: { id: 1, name: 'Watercooler' },
        content: 'word '.repeat(MAX_BODY / 4),
      })
      expect(await posts('open-sesame', body)).toBe(413)
      await world.rings()

      expect(world.answers()).toEqual([SENTENCES.tooLong('3-1-1')])
    },
    30_000,
  )

  it('says nothing for whoever does not know the secret', async () => {
    const room = { id: 1, name: 'Watercooler' }
    const content = 'word '.repeat(MAX_BODY / 4)
    const shape = { creator: { id: 1, name: 'David' }, room, content }
    expect(await posts('sesame', JSON.stringify(shape))).toBe(401)

    expect(world.answers()).toEqual([])
  }, 30_000)

  async function posts(secret: string, body: string) {
    const url = `https://firekeeper.example.com/webhook?secret=${secret}`
    const request = new Request(url, { method: 'POST', body })
    return (await app.fetch(request, { ...env, WEBHOOK_SECRET: 'open-sesame' })).status
  }
})
