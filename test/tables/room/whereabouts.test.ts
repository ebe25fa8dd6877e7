import { expect, it } from 'vitest'
import { Facts } from '../../../src/tables/room/facts.ts'
import {
  noteWhereabouts,
  OwnName,
  type OwnSighting,
  whereaboutsIn,
} from '../../../src/tables/room/people/whereabouts.ts'
import { inRoom } from '../../support/rows.ts'

const room = { name: 'Watercooler', direct: false }
const seen = (name: string | null, at: number): OwnSighting => ({ name, at })

it.each<[string, OwnSighting[][], string | undefined]>([
  ['nothing', [[]], undefined],
  ['no name', [[seen(null, 1), seen('  ', 2)]], undefined],
  ['one', [[seen(' Robo  Cop\n', 1)]], 'Robo Cop'],
  ['a later one', [[seen('Robo', 1)], [seen('Robo Cop', 2)]], 'Robo Cop'],
  ['an earlier one, listed later', [[seen('Robo Cop', 2)], [seen('Robo', 1)]], 'Robo Cop'],
  ['several at once, in any order', [[seen('Robo Cop', 2), seen('Robo', 1)]], 'Robo Cop'],
  ['one that no list bears out', [[seen('Boss', 2)], [seen('Robo', 3), seen('Boss', 2)]], 'Robo'],
])('of %s, it is called what was seen last', async (_, sightings, name) => {
  await inRoom(({ sql }) => {
    const facts = new Facts(sql)
    for (const seen of sightings) noteWhereabouts(facts, { seen })
    expect(whereaboutsIn(facts).called?.name).toBe(name)
  })
})

it('takes one write with the room, and none for what is known', async () => {
  await inRoom(({ sql, cost }) => {
    const facts = new Facts(sql)
    noteWhereabouts(facts, { room, seen: [seen('Robo', 1)] })
    noteWhereabouts(facts, { room, seen: [seen('Robo', 2)] })
    noteWhereabouts(facts, { seen: [seen('Robo', 3)] })

    expect(cost().written).toBe(1)
    expect(whereaboutsIn(facts)).toEqual({ ...room, called: seen('Robo', 1) })
  })
})

it('costs no write to learn from a list, but where another name is stored', async () => {
  await inRoom(({ sql, cost }) => {
    const name = new OwnName(new Facts(sql))
    name.learn([seen('Robo', 1)])
    name.learn([seen('Robo Cop', 2), seen('Robo', 1)])
    expect([name.get(), new OwnName(new Facts(sql)).get(), cost().written]).toEqual([
      ...['Robo Cop', null],
      0,
    ])

    noteWhereabouts(new Facts(sql), { room, seen: [seen('Robo Cop', 3)] })
    const again = new OwnName(new Facts(sql))
    again.learn([seen('Robo', 1)])
    expect(again.get()).toBe('Robo Cop')
    again.learn([seen('RoboCop', 4)])
    expect(new OwnName(new Facts(sql)).get()).toBe('RoboCop')
  })
})
