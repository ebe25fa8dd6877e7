import { describe, expect, it, vi } from 'vitest'
import { useWorld } from '../support/world.ts'
import { answer, callOf } from './faults.ts'

const MINUTE = 60_000

describe('a bot that is shut out in the middle of an answer', () => {
  const world = useWorld()

  it('and comes back after more than a week takes down its sign, and says what became of the half answer', async () => {
    const { model, david } = world
    const pieces = ['It begins well.\n\n', 'And goes on.\n\n', 'To its end.']
    model.says(pieces.join(''), {
      pieces,
      before: async (piece) => {
        for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
        vi.setSystemTime(Date.now() + 1_500)
        if (piece === 2) world.fault = shutOut
      },
    })
    await world.asks(david, 'a story')
    for (let days = 0; days < 9; days++) await world.passes(25 * 60 * MINUTE)
    expect(boosts()).toEqual(['👀'])
    expect(world.answers()[0]).toMatch(/^It begins well\./)

    world.fault = null
    model.says('They began a story.').says('Here I am.')
    await world.asks(david, 'are you back?')
    await world.passes(MINUTE)
    expect(boosts()).toEqual([])
    // Half an answer gives way to a sentence that says what became of it.
    expect(world.answers()[0]).toMatch(
      /^I had an answer, but I couldn't reach Campfire for more than a day/,
    )
    const standing = world.answers()
    await world.passes(9 * MINUTE)
    expect(world.answers()).toEqual(standing)
  })

  const shutOut: typeof world.fault = async (request, when) =>
    when === 'before' && callOf(request)
      ? answer(302, { location: 'https://chat.example.com/session/new', 'x-version': '1' })()
      : undefined

  function boosts() {
    return world.campfire
      .messagesIn(world.watercooler)
      .flatMap(({ boosts }) => boosts.map(({ content }) => content))
  }
})

describe('a page of a proxy', () => {
  const world = useWorld()

  it('does not make us forget that this Campfire can list, edit and boost', async () => {
    const { model, david } = world
    model.says('One.').says('Two.').says('Three.')
    await world.asks(david, 'one')
    let pages = 0
    world.fault = async (request, when) =>
      when === 'before' && callOf(request) === 'list' && !pages++
        ? answer(404, { 'content-type': 'text/html' }, '<html>not here')()
        : undefined
    await world.asks(david, 'two')
    expect(pages).toBeGreaterThan(0)
    const before = pages
    await world.asks(david, 'three')

    expect(pages).toBeGreaterThan(before)
    expect(world.answers()).toEqual(['One.', 'Two.', 'Three.'])
  })

  it('for half an hour of the first day leaves no sign for good', async () => {
    const { model, david } = world
    hidesBoosts(30 * MINUTE)
    model.says('One.')
    await world.asks(david, 'one')
    await world.passesBy(3 * 60 * MINUTE)

    expect(signs()).toEqual([])
  })

  it('for half an hour of the first day keeps no other room from showing its sign', async () => {
    const { model, david, kevin, assistant, campfire } = world
    hidesBoosts(30 * MINUTE)
    model.says('One.')
    await world.asks(david, 'one')
    await world.passesBy(40 * MINUTE)
    const kitchen = campfire.addRoom('Kitchen', [kevin, assistant], { id: 12 })
    const calls: (string | null)[] = []
    world.fault = async (request, when) => void (when === 'after' && calls.push(callOf(request)))
    model.says('Two.')
    await world.asks(kevin, 'two', kitchen)

    expect(calls).toContain('boost')
    expect(signs(kitchen)).toEqual([])
  })

  /** A sign can be set, and not be taken down. */
  function hidesBoosts(ms: number) {
    const began = Date.now()
    world.fault = async (request, when) =>
      when === 'before' && callOf(request) === 'unboost' && Date.now() - began < ms
        ? answer(404, { 'content-type': 'text/html' }, '<html>not here')()
        : undefined
  }

  function signs(room = world.watercooler) {
    const messages = world.campfire.messagesIn(room)
    return messages.flatMap(({ boosts }) => boosts.map(({ content }) => content))
  }
})
