import { expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { useOwnOutside } from './support.ts'

const outside = useOwnOutside()

it('replies once after a kill -9 while the model speaks, with nobody saying anything new', async () => {
  const world = outside()
  const { model } = world
  model.says('An answer that nobody will hear to its end.').waits(new Promise(() => {}))
  await world.says('are you there?')
  await eventually('the model is asked', () => model.prompts.length === 1)

  await world.kill()
  expect(world.posts).toEqual([])

  model.says('Here I am.')
  await world.restart()
  await eventually('a reply', () => world.posts.length > 0)
  await world.isDone(1)

  expect(world.posts).toEqual(['<p>Here I am.</p>'])
  expect(await world.turns()).toMatchObject([{ state: 'replied', crashes: 1 }])
  expect(model.prompts).toHaveLength(2)
})

it('replies once when Campfire has its reply and nobody learned of it', async () => {
  const world = outside()
  let isSaved = false
  world.answers = async (request, answer) => {
    const { status } = await answer.then((answer) => answer.clone())
    // Not the sign that we put on the question.
    const isReply = request.method === 'POST' && new URL(request.url).pathname.endsWith('/messages')
    if (!isReply || status !== 201) return answer
    isSaved = true
    return new Promise(() => {})
  }
  world.model.says('I say this once.')
  await world.says('hello')
  await eventually('Campfire has it', () => isSaved)

  await world.kill()
  world.answers = (_, answer) => answer
  await world.restart()
  await world.isDone(1)

  expect(world.posts).toEqual(['<p>I say this once.</p>'])
  expect(await world.turns()).toMatchObject([{ state: 'replied', crashes: 1 }])
  expect(world.model.prompts).toHaveLength(1)
})

it('knows after a kill -9 what was said before it', async () => {
  const world = outside()
  const { model } = world
  model.says('A canoe.').says('Red.').says('You asked for a canoe.')
  await world.asks('what shall I build?')
  await world.asks('in which colour?')
  await world.kill()
  await world.restart()
  await world.asks('what did I ask first?')

  const tiers = (await world.turns()).map(({ tier }) => tier)
  expect(tiers).toEqual(['warm', 'hot', 'cold'])
  const said = JSON.stringify(model.prompts[2]?.messages)
  for (const words of ['what shall I build?', 'A canoe.', 'in which colour?', 'Red.']) {
    expect(said).toContain(words)
  }
  expect(world.posts.at(-1)).toBe('<p>You asked for a canoe.</p>')
})
