import { describe, expect, it, vi } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { callOf } from '../faults/faults.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const NO = '<title>No</title>'
const html = { 'content-type': 'text/html' }

describe('an answer half of which stands when a firewall refuses its last words', () => {
  const world = useWorld()

  it.each([
    ['taken', null],
    ['taken, and nobody says so', 'after'],
    ['lost on its way', 'before'],
  ])('gives way to one sentence: %s', async (_, loses) => {
    dislikes({ loses })
    grows()
    await world.asks(world.david, 'how do I drop a table?')
    expect(world.answers()).toEqual([expect.stringContaining('Well then.')])
    for (let tries = 0; tries < 3; tries++) await world.passes(3 * MINUTE)

    expect(world.answers()).toEqual([SENTENCES.unpostable('3-1-1')])
    expect(await world.rows('SELECT state FROM turns')).toEqual([{ state: 'failed' }])
  })

  function dislikes({ loses }: { loses: string | null }) {
    let lost = 0
    world.fault = async (request, when) => {
      const body = await request.clone().text()
      if (when === 'before' && body.includes('DROP TABLE'))
        return new Response(NO, { status: 403, headers: html })
      const isSentence = callOf(request) === 'create' && body.includes('accept')
      const isLost = isSentence && when === loses && lost++ < 1
      return isLost ? new Response('', { status: 504 }) : undefined
    }
  }

  /** So slowly that its beginning is shown. */
  function grows() {
    const pieces = [`${'Well then. '.repeat(20)}\n\n`, 'So.\n\n', 'It is `DROP TABLE users`.']
    world.model.says(pieces.join(''), {
      pieces,
      before: async () => {
        for (let turns = 0; turns < 5; turns++) await new Promise((done) => setTimeout(done))
        vi.setSystemTime(Date.now() + 2 * SECOND)
      },
    })
  }
})
