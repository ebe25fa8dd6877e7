import { describe, expect, it } from 'vitest'
import { Pins } from '../../src/tables/room/pins.ts'
import { useBotChanges } from '../support/bots.ts'
import { inRoom } from '../support/rows.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

const remembering = (fact: string, more: object = {}) => ({
  action: 'remember',
  of: 'room',
  fact,
  ...more,
})

/** Asks, and the model uses its memory so before it answers. Gives back what it was told. */
async function using(input: object, asker = world.david) {
  change({ reply: 'whole' })
  world.model.uses('memory', input).says('Done.')
  const asked = await world.asks(asker, 'please')
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1')
  return { asked, ...JSON.parse(String(row?.result)) }
}

describe('a fact of a room', () => {
  it('has words that people can see, and no others', async () => {
    expect(await using(remembering('\u200b\u2060'))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/fact: Too small/),
    })
    await using(remembering('Tea\u{e0041} at four.'))
    expect((await using({ action: 'recall', of: 'room' })).result).toMatchObject([
      { number: 1, fact: 'Tea at four.' },
    ])
  })

  it('is kept with who said so, when, and where it was said', async () => {
    const { asked } = await using(remembering('The launch is on 4 March.'))
    const { result } = await using({ action: 'recall', of: 'room' }, world.jason)

    expect(result).toEqual([
      {
        number: 1,
        fact: 'The launch is on 4 March.',
        said_by: 'David',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\d/),
        link: `https://chat.example.com/rooms/1/@${asked}`,
      },
    ])
  })

  it('is found by words, however they are written', async () => {
    await using(remembering('Dinner at the CAFÉ on Friday.'))
    await using(remembering('The code word is otter.'))
    const { result } = await using({ action: 'recall', of: 'room', fact: 'friday cafe' })

    expect(result).toMatchObject([{ number: 1 }])
    expect((await using({ action: 'recall', of: 'room', fact: 'beaver' })).result.told).toMatch(
      /Nothing of that/,
    )
  })

  it('takes the place of the one that it names, and the model is told what it was', async () => {
    await using(remembering('The launch is on 4 March.', { always: true }))
    const { result } = await using(remembering('The launch is on 6 March.', { number: 1 }))

    expect(result).toMatchObject({
      number: 2,
      replaced: { number: 1, fact: 'The launch is on 4 March.', said_by: 'David' },
      told: 'Kept as 2, in place of 1. Say what it replaces.',
    })
    expect(await world.rows('SELECT id, fact, always FROM pins')).toEqual([
      { id: 2, fact: 'The launch is on 6 March.', always: 1 },
    ])
  })

  it.each([
    [{ action: 'forget', of: 'room', number: 7 }, /no fact 7 .*Use recall to see the numbers/],
    [remembering('New.', { number: 7 }), /no fact 7 .*Nothing was changed/],
    [{ action: 'forget', of: 'room' }, /Say which: give its number/],
    [{ action: 'remember', of: 'room' }, /Give the fact to remember/],
    [remembering('x'.repeat(501)), /fact: .*500/],
  ])('is left as it is by %j, and the model learns what to do', async (input, said) => {
    await using(remembering('Old.'))
    expect(await using(input)).toMatchObject({ ok: false, error: expect.stringMatching(said) })
    expect(await world.rows('SELECT fact FROM pins')).toEqual([{ fact: 'Old.' }])
  })

  it('is said at the start of a session where that was asked for, and else hinted at', async () => {
    await using(remembering('The code word is otter.'))
    await world.room().resetSession()
    world.model.says('Hi.')
    await world.asks(world.jason, 'hello')
    expect(world.model.bodies.at(-1)).toContain('<pinned>\\nMore is remembered of this room')

    await using({ action: 'remember', of: 'room', number: 1, always: true })
    await world.room().resetSession()
    world.model.says('Hi.')
    const asked = await world.asks(world.jason, 'hello')
    expect(world.model.bodies.at(-1)).toMatch(
      /<pinned>\\n1\. David said: The code word is otter\. \(\d{4}-\d\d-\d\d, https:.*@\d+\)\\n<\/pinned>/,
    )
    expect(asked).toBeGreaterThan(0)
  })

  it('that was pinned long ago is said always, with whoever pinned it', async () => {
    world.model.says('Hi.')
    await world.asks(world.kevin, 'hello')
    await world.rows(
      "INSERT INTO pins (author, fact, at) VALUES (4, 'Tea at four.', 1700000000000)",
    )
    await world.room().resetSession()
    world.model.says('Hi.')
    await world.asks(world.jason, 'hello')

    expect(world.model.bodies.at(-1)).toContain('1. Kevin said: Tea at four. (2023-11-14)')
  })

  it('goes with the words of whoever said so, when they say forget', async () => {
    await using(remembering('Mine.'))
    await using(remembering('His.'), world.jason)
    await world.asks(world.david, 'forget')

    expect(await world.rows('SELECT fact FROM pins')).toEqual([{ fact: 'His.' }])
  })
})

describe('the memory of a room', () => {
  const fresh = { author: 1, at: 0, message: null, always: false }

  it('has room for 200 facts, and for 40 that are always said', async () => {
    await inRoom(({ sql }) => {
      const pins = new Pins(sql)
      for (let n = 1; n <= 40; n++) pins.add({ ...fresh, fact: `always ${n}`, always: true })
      expect(pins.add({ ...fresh, fact: 'one more', always: true })).toEqual({
        most: 40,
        which: 'always',
      })
      for (let n = 41; n <= 200; n++) expect(pins.add({ ...fresh, fact: `fact ${n}` })).toBe(n)
      expect(pins.add({ ...fresh, fact: 'one more' })).toEqual({ most: 200, which: 'kept' })
      expect(pins.add({ ...fresh, fact: 'fact 200' })).toBe(200)
    })
  })

  it('tells the model what to do when it is full', async () => {
    for (let n = 1; n <= 200; n++) {
      if (n === 1) await using(remembering('Fact 1.'))
      else
        await world.rows(`INSERT INTO pins (author, fact, at, always) VALUES (1, 'F ${n}', 0, 0)`)
    }
    expect(await using(remembering('One more.'))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/200 facts of this room already.*Forget some that are done/),
    })
    expect(await using(remembering('In its place.', { number: 3 }))).toMatchObject({ ok: true })
  })
})
