import { describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

describe('when several people ask at once', () => {
  const world = useWorld()

  it('each of them sees one sign, on what they said first, while the first is answered', async () => {
    const { model, david, jason, kevin } = world
    const gate = Promise.withResolvers<void>()
    model.says('One.').waits(gate.promise).says('Two.').says('Three.')
    await world.says(david, 'one')
    await world.says(jason, 'two')
    await world.says(kevin, 'three')
    const ringing = world.rings()
    await until(() => signs().join() === '👀,⏳,⏳')
    await world.says(jason, 'two, and a half')
    await world.says(kevin, 'three, and a half')
    const atLast = signs().join()
    gate.resolve()
    await ringing

    expect(world.answers()).toEqual(['One.', 'Two.', 'Three.'])
    expect(signs().filter(Boolean)).toEqual([])
    expect(atLast).toBe('👀,⏳,⏳,,')
  })

  it('the answers say to whom they speak', async () => {
    const { model, david, jason } = world
    model.says('David, one.').says('Jason, two.').says('Three.')
    await world.says(david, 'one')
    await world.says(jason, 'two')
    await world.rings()
    await world.asks(david, 'three')

    const hinted = model.prompts.map(({ messages }) =>
      /Begin yours with the name (\w+)/.exec(JSON.stringify(messages.at(-1)))?.at(1),
    )
    expect(hinted).toEqual(['David', 'Jason', undefined])
  })

  function signs() {
    const people = world.campfire
      .messagesIn(world.watercooler)
      .filter(({ creator }) => creator.id !== world.assistant.id)
    return people.map(({ boosts }) => boosts.map(({ content }) => content).join(''))
  }
})
