import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { personName } from '../../src/address.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

beforeEach(() => change({ reply: 'whole' }))

/** Asks, and the model uses its memory so before it answers. Gives back what it was told. */
async function using(input: object, { room = world.watercooler, by = world.david } = {}) {
  world.model.uses('memory', input).says('Done.')
  await world.asks(by, 'please', room)
  const result = JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
  const [, content = '""'] = /"content":("(?:[^"\\]|\\.)*")/.exec(result) ?? []
  return JSON.parse(JSON.parse(content))
}

describe('a fact of a room', () => {
  const remember = (fact: string, more: object = {}) => ({
    action: 'remember',
    of: 'room',
    fact,
    ...more,
  })
  const facts = () => world.rows("SELECT id, author, fact, always FROM pins WHERE fact <> ''")

  it('that is told in other letters is kept once, as it was told last', async () => {
    await using(remember('The code word is otter.', { always: true }))
    const { result } = await using(remember('the  CODE word is Otter.'), { by: world.jason })

    expect(result.told).toBe('It was remembered already, as 1.')
    expect(await facts()).toEqual([
      { id: 1, author: world.jason.id, fact: 'the CODE word is Otter.', always: 1 },
    ])
  })

  it('that takes the place of another and is known in other letters is kept once as well', async () => {
    await using(remember('Tea at four.'))
    await using(remember('Tea at five.'))
    await using(remember('TEA AT FOUR.', { number: 2 }))

    expect(await facts()).toMatchObject([{ id: 1, fact: 'TEA AT FOUR.' }])
  })

  it('that is to be said always finds no more room by being known already', async () => {
    await using(remember('Tea at four.'))
    const values = Array.from({ length: 40 }, (_, n) => `(1, 'Always ${n}', 0, 1)`)
    await world.rows(`INSERT INTO pins (author, fact, at, always) VALUES ${values.join(', ')}`)

    expect(await using(remember('Tea at four.', { always: true }))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/40 facts that are always said already/),
    })
    expect((await facts())[0]).toMatchObject({ fact: 'Tea at four.', always: 0 })
  })

  it('that is to be said always, in a full room, is refused for what is full', async () => {
    const values = Array.from({ length: 200 }, (_, n) => `(1, 'Fact ${n}', 0, 0)`)
    await world.rows(`INSERT INTO pins (author, fact, at, always) VALUES ${values.join(', ')}`)

    expect(await using(remember('One more.', { always: true }))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/200 facts of this room already/),
    })
  })
})

describe('what somebody tells about themselves', () => {
  const tell = (fact: string, more: object = {}) => ({
    action: 'remember',
    of: 'me',
    fact,
    ...more,
  })
  const inDirect = (input: object) => using(input, { room: world.direct })
  const facts = async () => {
    const { result } = await inDirect({ action: 'recall', of: 'me' })
    return (result as Record<string, unknown>[]).map(({ time: _, ...fact }) => fact)
  }

  it('again in other letters is kept once, as it was told last', async () => {
    await inDirect(tell('Likes tea.'))
    await inDirect(tell('likes  TEA.'))

    expect(await facts()).toEqual([{ number: 1, fact: 'likes TEA.', used: 'in directs only' }])
  })

  it('in place of another, and is known already, is kept once', async () => {
    await inDirect(tell('Likes tea.'))
    await inDirect(tell('Likes coffee.'))
    const { result } = await inDirect(tell('likes tea.', { number: 2 }))

    expect(result).toMatchObject({ number: 1, replaced: 2 })
    expect(await facts()).toMatchObject([{ number: 1, fact: 'likes tea.' }])
  })

  it('in a direct and then in a room is used in rooms: others have read it there', async () => {
    await inDirect(tell('Likes tea.'))
    await using(tell('Likes tea.'))

    expect(await facts()).toEqual([{ number: 1, fact: 'Likes tea.', used: 'everywhere' }])
  })

  it('in a direct in place of their time zone stays in directs', async () => {
    await inDirect(tell('time zone: Europe/Berlin'))
    await inDirect(tell('Is in hospital in Berlin.', { number: 1 }))

    expect(await facts()).toMatchObject([{ number: 2, used: 'in directs only' }])
  })

  it('as their time zone, in place of whatever else, is the only one that they have', async () => {
    await inDirect(tell('time zone: Europe/Berlin'))
    await inDirect(tell('Moves to Tokyo soon.'))
    await inDirect(tell('time zone: Asia/Tokyo', { number: 2 }))

    expect(await facts()).toMatchObject([{ number: 3, 'time zone': 'Asia/Tokyo' }])
  })

  it('finds room for a hundred, and the model learns what to do with one more', async () => {
    const david = env.PEOPLE.getByName(
      personName({ url: 'https://chat.example.com' }, world.david.id),
    )
    for (let n = 1; n <= 100; n++) {
      const wanted = { kind: 'fact' as const, words: `Fact ${n}`, number: null, everywhere: null }
      await david.remember(`use ${n}`, wanted, { room: 1, isDirect: true, isAlone: true })
    }
    expect(await inDirect(tell('One more.'))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/100 facts about them already.*Ask which to forget/),
    })
    expect(await inDirect(tell('In its place.', { number: 3 }))).toMatchObject({ ok: true })
    expect(await inDirect(tell('x'.repeat(501)))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/fact: .*500/),
    })
  })
})
