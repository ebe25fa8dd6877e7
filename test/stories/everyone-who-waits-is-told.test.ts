import { describe, expect, it, vi } from 'vitest'
import { AbilitiesHere } from '../../src/runtime/abilities-here.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000

describe('when several people ask at once', () => {
  const world = useWorld()
  const assistant = useBotChanges()

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

  it('so does whoever waits behind a question of their own, where it is kept for the next turn', async () => {
    const { model, david } = world
    assistant({ whileWorking: 'queue' })
    const gate = Promise.withResolvers<void>()
    model.says('One.').waits(gate.promise).says('Two.')
    await world.says(david, 'one')
    const ringing = world.rings()
    await until(() => signs().join() === '👀')
    await world.says(david, 'two')
    await world.says(david, 'two, and a half')
    await until(() => signs().join() === '👀,⏳,')
    gate.resolve()
    await ringing

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(signs().filter(Boolean)).toEqual([])
  })

  it('it goes also where boosts are not believed in any more by then, and no other is put up', async () => {
    const { model, david, jason } = world
    const gate = Promise.withResolvers<void>()
    model.says('One.').waits(gate.promise).says('Two.')
    await world.says(david, 'one')
    await world.says(jason, 'two')
    const ringing = world.rings()
    await until(() => signs().join() === '👀,⏳')
    vi.spyOn(AbilitiesHere.prototype, 'now').mockImplementation(function (this: AbilitiesHere) {
      this.all.boost = false
      return this.all
    })
    gate.resolve()
    await ringing
    for (const minutes of [1, 10]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(signs().filter(Boolean)).toEqual([])
  })

  it('everyone has it, also where many have come at once', async () => {
    const { model, campfire, watercooler } = world
    const gate = Promise.withResolvers<void>()
    const people = Array.from({ length: 15 }, (_, n) => campfire.addPerson(`Person ${n}`))
    for (const person of people) campfire.join(watercooler, person)
    model.says('First.').waits(gate.promise)
    for (let rest = 1; rest < people.length; rest++) model.says(`And ${rest}.`)
    for (const person of people) await world.says(person, 'hello?')
    const ringing = world.rings()
    await until(() => signs().filter((sign) => sign === '⏳').length === 14)
    gate.resolve()
    await ringing

    expect(world.answers()).toHaveLength(15)
    expect(signs().filter(Boolean)).toEqual([])
  })

  it('what waited and then turns to nobody is left with no sign', async () => {
    const { model, david, jason } = world
    const gate = Promise.withResolvers<void>()
    model.says('One.').waits(gate.promise)
    await world.says(david, 'one')
    const question = await world.says(jason, 'two')
    const ringing = world.rings()
    await until(() => signs().join() === '👀,⏳')
    world.campfire.editAsPerson(question, { text: 'never mind' })
    gate.resolve()
    await ringing
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['One.'])
    expect(signs().filter(Boolean)).toEqual([])
  })

  it('a sign costs two writes more, and nothing where nobody waits', async () => {
    const { model, david, jason } = world
    for (let turn = 0; turn < 5; turn++) model.says('Hello.')
    await world.asks(david, 'first')
    await world.asks(jason, 'first')
    const alone = await costs(david)
    expect(await costs(david, jason)).toBeLessThanOrEqual(alone * 2 + 2)
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

  async function costs(...people: { id: number }[]) {
    bill.start()
    for (const person of people) await world.says(person, 'hello?')
    await world.rings()
    return bill.written()
  }

  function signs() {
    const people = world.campfire
      .messagesIn(world.watercooler)
      .filter(({ creator }) => creator.id !== world.assistant.id)
    return people.map(({ boosts }) => boosts.map(({ content }) => content).join(''))
  }
})

describe('where nothing shows that somebody waits', () => {
  const world = useWorld('v1.4.9')

  it('the answers in a row say to whom they speak all the same', async () => {
    const { model, david, jason, kevin } = world
    const gate = Promise.withResolvers<void>()
    model.says('David, one.').waits(gate.promise).says('Jason, two.').says('Kevin, three.')
    model.says('Four.')
    await world.says(david, 'one')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    vi.setSystemTime(Date.now() + 1_000)
    await world.says(jason, 'two')
    await world.says(kevin, 'three')
    vi.setSystemTime(Date.now() + 1_000)
    gate.resolve()
    await ringing
    await world.asks(david, 'four')

    const hinted = model.prompts.map(({ messages }) =>
      /Begin yours with the name (\w+)/.exec(JSON.stringify(messages.at(-1)))?.at(1),
    )
    expect(hinted).toEqual([undefined, 'Jason', 'Kevin', undefined])
  })
})
