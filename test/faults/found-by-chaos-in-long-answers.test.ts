import { describe, expect, it, vi } from 'vitest'
import { MINUTE, SECOND, useChance } from './chance.ts'

const { world, grows, loses, comesLate, posts, replies } = useChance()

describe('a long answer whose beginning a person deletes', () => {
  it('is not gone on with: that was its end', async () => {
    const { campfire, model, david } = world
    const pieces = ['One', 'Two', 'Three', 'Four'].map((word) => `${`${word} `.repeat(600)}\n\n`)
    model.says(pieces.join(''), {
      pieces,
      before: async () => {
        for (let turns = 0; turns < 5; turns++) await new Promise((done) => setTimeout(done))
        vi.setSystemTime(Date.now() + 2 * SECOND)
      },
    })
    world.fault = async (request, when) => {
      const isFinal = request.method === 'PATCH' && !(await request.clone().text()).includes('…')
      const [post] = posts()
      if (isFinal && when === 'before' && post) campfire.deleteMessage(post)
      return undefined
    }
    await world.asks(david, 'tell me everything')

    expect(posts()).toEqual([])
    expect(await replies()).toEqual([{ part: 1, state: 'gone' }])
  })
})

describe('an answer in parts that is stopped while nobody knows whether one of them is out', () => {
  it('says that it was stopped, and does not just end', async () => {
    const { model, david } = world
    let creates = 0
    world.fault = async ({ method, url }, when) => {
      const isCreate = method === 'POST' && /rooms.*messages$/.test(url) && when === 'after'
      return isCreate && ++creates === 2 ? new Response('', { status: 504 }) : undefined
    }
    model.says(['One', 'Two', 'Three'].map((word) => `${word} `.repeat(600)).join('\n\n'))
    await world.asks(david, 'tell me everything')
    await world.asks(david, 'stop')

    const beginnings = world.answers().map((answer) => answer.slice(0, 8))
    expect(beginnings).toEqual(['One One ', 'Two Two ', 'Stopped.'])
  })
})

describe('a beginning that a person deletes as it becomes whole', () => {
  it('is not posted again', async () => {
    grows()
    world.fault = async (request, when) => {
      const isLast = request.method === 'PATCH' && (await request.clone().text()).includes('Four')
      const [post] = posts()
      if (isLast && when === 'after' && post) world.campfire.deleteMessage(post)
      return undefined
    }
    await world.asks(world.david, 'tell me everything')

    expect(posts()).toEqual([])
    expect(await replies()).toEqual([{ part: 1, state: 'gone' }])
  })
})

describe('a beginning whose create was given up, and takes effect later', () => {
  it('is swept away', async () => {
    loses(1)
    grows()
    await world.asks(world.david, 'tell me everything')
    await world.passes(5 * SECOND)
    const [began] = await world.rows('SELECT began FROM replies WHERE began IS NOT NULL')
    comesLate(String(began?.began))
    expect(posts()).toHaveLength(2)
    await world.passes(MINUTE)

    expect(posts()).toHaveLength(1)
  })
})
