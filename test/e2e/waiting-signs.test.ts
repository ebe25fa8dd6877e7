import { expect, it } from 'vitest'
import type { Someone } from '../campground/composer.ts'
import { eventually } from './support/eventually.ts'
import { useOwnOutside } from './support.ts'

const outside = useOwnOutside()

it('shows all who ask one after another, within a second, that they were heard, while the model thinks', async () => {
  const world = outside()
  const { model, campfire, david, watercooler, assistant } = world
  const [jason, kevin] = [campfire.addPerson('Jason'), campfire.addPerson('Kevin')]
  for (const person of [jason, kevin]) campfire.join(watercooler, person)
  model.says('Hello.')
  await world.asks('hello?')
  const shown = new Map<number, number>()
  world.answers = async (request, answer) => {
    const { status } = await answer
    const [, message] = /messages\/(\d+)\/boosts$/.exec(new URL(request.url).pathname) ?? []
    if (message && status === 201) shown.set(Number(message), Date.now())
    return answer
  }
  const askedNow = (person: Someone, n: number) => {
    const what = { text: `number ${n}`, mentions: [assistant.id] }
    return { ...campfire.says(person, watercooler, what), at: Date.now() }
  }
  const gate = Promise.withResolvers<void>()
  model.says('One.').waits(gate.promise).says('Two.').says('Three.')
  const asked: ReturnType<typeof askedNow>[] = []
  // Two deliveries on their way at once may overtake each other: then the second is answered first.
  for (const [n, person] of [david, jason, kevin, kevin].entries()) {
    const one = askedNow(person, n)
    asked.push(one)
    await one.delivered
  }
  await eventually('three signs', () => shown.size === 3)
  const signs = asked.map(({ message }) => message.boosts.map(({ content }) => content).join())
  const waited = asked.slice(0, 3).map(({ message, at }) => Number(shown.get(message.id)) - at)
  gate.resolve()
  await world.isDone(4)

  expect(signs).toEqual(['👀', '⏳', '⏳', ''])
  expect(Math.max(...waited)).toBeLessThan(1_000)
  expect(world.posts).toHaveLength(4)
})
