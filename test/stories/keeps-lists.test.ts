import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld, type World } from '../support/world.ts'

const DAY = 86_400_000

/** Asks, and the model uses the list so before it answers. Gives back what it was told. */
async function using(world: World, input: object, asker = world.david, room = world.watercooler) {
  world.model.uses('list', input).says('Done.')
  const asked = await world.asks(asker, 'please', room)
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1', room)
  return { asked, ...JSON.parse(String(row?.result)) }
}

const adding = (...texts: string[]) => ({ action: 'add', texts })

describe('a list', () => {
  const world = useWorld()
  const change = useBotChanges()
  const use = (input: object, asker = world.david, room = world.watercooler) => {
    change({ reply: 'whole' })
    return using(world, input, asker, room)
  }

  it.each([
    [adding('\u200b'), /texts.0: Too small/],
    [{ ...adding('Tea'), list: '\u2060' }, /list: Too small/],
  ])('takes nothing that nobody can see: %j', async (input, said) => {
    expect(await use(input)).toMatchObject({ ok: false, error: expect.stringMatching(said) })
    expect(await world.rows('SELECT id FROM lists')).toEqual([])
  })

  it('says that no day lies between two that are turned round', async () => {
    await use(adding('Tea'))
    const { result } = await use({ action: 'show', from: '2026-12-05', until: '2026-12-01' })
    expect(result.told).toMatch(/from is after until/)
  })

  it('keeps what is to be done with who asked for it and where, under numbers that stay', async () => {
    const { asked } = await use(adding('Order wood', 'Buy\n matches'))
    await use({ action: 'remove', numbers: [2] })
    await use(adding('Call Ada'), world.jason)
    const { result } = await use({ action: 'show', as: 'answer', list: 'to do' })

    expect(result).toEqual([
      {
        list: 'To do',
        items: [
          {
            number: 1,
            text: 'Order wood',
            added_by: 'David',
            link: `https://chat.example.com/rooms/1/@${asked}`,
          },
          expect.objectContaining({ number: 3, text: 'Call Ada', added_by: 'Jason' }),
        ],
      },
    ])
  })

  it('says so when somebody is through with number 99, which there is not, and ticks off none', async () => {
    await use(adding('Order wood'))
    const told = await use({ action: 'done', numbers: [1, 99] })

    expect(told).toMatchObject({
      ok: false,
      error: expect.stringMatching(
        /no number 99 on the list “To do”\. Its numbers are 1\. Nothing was changed/,
      ),
    })
    expect(await world.rows('SELECT done_at FROM list_items')).toEqual([{ done_at: null }])
  })

  it('tells who is through with what, and that it was before', async () => {
    await use(adding('Order wood', 'Call Ada'))
    await use({ action: 'done', numbers: [1] }, world.jason)
    const again = await use({ action: 'done', numbers: [1, 2] })

    expect(again.result.told).toMatch(/Nothing changed for 1: done already/)
    expect(again.result.items).toMatchObject([{ done_by: 'Jason' }, { done_by: 'David' }])
    await use({ action: 'done', numbers: [1], undo: true })
    expect(await open()).toEqual(['Order wood'])
  })

  it('tells what is open for whoever asks, of all lists', async () => {
    await use({ ...adding('Milk', 'Tea'), list: 'Shopping', assignee: 'me' }, world.jason)
    await use({ ...adding('Order wood'), assignee: 'Jason' })
    await use({ action: 'done', list: 'shopping', numbers: [2] })
    await use({ ...adding('Call Ada'), assignee: 'me' })
    const { result } = await use({ action: 'show', assignee: 'me' }, world.jason)

    expect(result).toMatchObject([
      { list: 'Shopping', items: [{ text: 'Milk', assignee: 'Jason' }] },
      { list: 'To do', items: [{ text: 'Order wood', assignee: 'Jason' }] },
    ])
  })

  it('tells what was finished this week', async () => {
    vi.setSystemTime(Date.parse('2027-11-26T10:00:00Z'))
    await use(adding('Old', 'New', 'Open'))
    await use({ action: 'done', numbers: [1] })
    await world.room().resetSession()
    vi.setSystemTime(Date.now() + 4 * DAY)
    await use({ action: 'done', numbers: [2] })
    const { result } = await use({ action: 'show', from: '2027-11-29' })

    expect(result).toEqual([
      {
        list: 'To do',
        items: [expect.objectContaining({ text: 'New', done: '2027-11-30 10:00 UTC' })],
      },
    ])
  })

  it('gives an item to a member of the room alone, and the model learns how they are told', async () => {
    await use(adding('Order wood'))
    await use(adding('Tea'), world.kevin)
    const { result } = await use({ action: 'assign', numbers: [1], assignee: '@kevin' })

    expect(result).toMatchObject({ items: [{ assignee: 'Kevin' }] })
    expect(result.told).toMatch(/You cannot ring Kevin’s phone here yet/)
    expect(await world.rows('SELECT assignee FROM list_items WHERE number = 1')).toEqual([
      { assignee: world.kevin.id },
    ])
    expect(await use({ action: 'assign', numbers: [1], assignee: 'Grace' })).toMatchObject({
      error: expect.stringMatching(/Nobody called Grace is known in this room/),
    })
    await use({ action: 'assign', numbers: [1], assignee: 'nobody' })
    expect(await world.rows('SELECT assignee FROM list_items WHERE number = 1')).toEqual([
      { assignee: null },
    ])
  })

  it.each([
    ['2027-12-04', /^Changed\. The day alone reminds nobody: .*give remind/],
    ['2027-11-20', /^Changed\. The day alone/],
    ['none', /^Changed\.$/],
  ])('takes %s for a day, and sets no reminder by itself', async (due, said) => {
    vi.setSystemTime(Date.parse('2027-11-20T23:30:00Z'))
    await use(adding('Order wood'))
    const { result } = await use({ action: 'due', numbers: [1], due })
    expect(result.told).toMatch(said)
  })

  it.each([
    ['2027-11-19', /2027-11-19 is over: today is Saturday, 2027-11-20/],
    ['2027-02-30', /due: not a day/],
    ['tomorrow', /due: not a day/],
    ['2027-12-4', /due: not a day/],
  ])('does not take %s for one', async (due, error) => {
    vi.setSystemTime(Date.parse('2027-11-20T23:30:00Z'))
    await use(adding('Order wood'))
    expect(await use({ action: 'due', numbers: [1], due })).toMatchObject({
      ok: false,
      error: expect.stringMatching(error),
    })
  })

  it('knows which day it is where the bot is', async () => {
    change({ reply: 'whole', timeZone: 'Pacific/Auckland' })
    vi.setSystemTime(Date.parse('2027-11-20T23:30:00Z'))
    await using(world, adding('Order wood'))
    expect(await using(world, { action: 'due', numbers: [1], due: '2027-11-20' })).toMatchObject({
      error: expect.stringMatching(/today is Sunday, 2027-11-21/),
    })
  })

  it('is renamed, reworded, put in order and moved to another', async () => {
    await use(adding('Wood', 'Tea', 'Milk'))
    await use({ action: 'rename', numbers: [1], to: 'Order wood', notes: 'dry' })
    await use({ action: 'move', numbers: [3], before: 1 })
    await use({ action: 'move', numbers: [2], to: 'Shopping' })
    await use({ action: 'move', numbers: [3], before: 0 })
    await use({ action: 'rename', list: 'Shopping', to: 'Groceries' })

    expect(await open()).toEqual(['Order wood', 'Milk'])
    expect(await use({ action: 'move', numbers: [3], before: 1, to: 'Groceries' })).toMatchObject({
      error: expect.stringMatching(/either to.*or before\. Nothing was moved/),
    })
    expect((await use({ action: 'show', as: 'answer' })).result).toEqual([
      { list: 'To do', open: 2, done: 0 },
      { list: 'Groceries', open: 1, done: 0 },
    ])
    expect(await use({ action: 'rename', list: 'groceries', to: 'To do' })).toMatchObject({
      error: expect.stringMatching(/There is a list “To do” already/),
    })
  })

  it('goes as a whole where it is named, and else an item at a time', async () => {
    await use({ ...adding('Milk'), list: 'Shopping' })
    expect(await use({ action: 'remove' })).toMatchObject({ ok: false })
    const { result } = await use({ action: 'remove', list: 'Shopping' })

    expect(result).toMatchObject({ removed: [{ text: 'Milk' }] })
    expect(await world.rows('SELECT count(*) AS left FROM list_items')).toEqual([{ left: 0 }])
  })

  it('belongs to the place where it was asked for', async () => {
    await use(adding('Order wood'))
    await use(adding('Buy a present'), world.david, world.direct)
    const { result } = await use(
      { action: 'show', as: 'answer', list: 'To do' },
      world.david,
      world.direct,
    )
    expect(result[0].items).toMatchObject([{ text: 'Buy a present' }])
  })

  it('stays when somebody forgets, and they are told so', async () => {
    await use(adding('Order wood'))
    await world.asks(world.david, 'forget')

    expect(world.answers().at(-1)).toMatch(/lists/)
    expect(await open()).toEqual(['Order wood'])
  })

  async function open() {
    const rows = await world.rows(
      'SELECT text FROM list_items WHERE list = 1 AND done_at IS NULL ORDER BY place',
    )
    return rows.map(({ text }) => text)
  }
})
