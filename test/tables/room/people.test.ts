import { describe, expect, it } from 'vitest'
import { People, type Sighting, sightingsIn } from '../../../src/tables/room/people.ts'
import { inRoom, says } from '../../support/rows.ts'

const BOT = 3

function spoke(id: number, name: string, role?: string): Sighting {
  return { id, name, by: 'spoke', ...(role && { role }) }
}

function listed(id: number, name: string | null): Sighting {
  return { id, name, sgid: sgid(id), by: 'listed' }
}

function chip(id: number, name: string | null, signed = sgid(id)): Sighting {
  return { id, name, sgid: signed, by: 'chip' }
}

function sgid(id: number) {
  return `${btoa(`user ${id}`)}--abc${id}`
}

it('learns from a delivery who spoke, and whom they mentioned', async () => {
  await inRoom(({ sql }) => {
    const people = new People(sql, BOT)
    const mentions = [{ userId: 2, sgid: sgid(2), name: 'Jason' }]
    people.learn(sightingsIn(says(1, 'hi', { mentions })))

    expect(sql.exec('SELECT * FROM people').toArray()).toEqual([
      { id: 1, name: 'David', role: null, sgid: null },
      { id: 2, name: 'Jason', role: null, sgid: sgid(2) },
    ])
    expect(people.mentionable()).toEqual(new Map([['Jason', sgid(2)]]))
  })
})

it('writes nothing that it knows, and reads its rows once', async () => {
  await inRoom(({ sql, cost }) => {
    const people = new People(sql, BOT)
    const all = [spoke(1, 'David', 'administrator'), listed(1, 'David'), spoke(1, 'David')]
    people.learn(all)
    expect(cost().written).toBe(2)

    people.learn([...all, chip(1, 'Mallory', 'forged--0')])
    people.roleOf(1)
    people.mentionable()
    expect(cost()).toEqual({ written: 0, read: 0 })
  })
})

it('knows after an eviction what it knew before', async () => {
  await inRoom(({ sql }) => {
    new People(sql, BOT).learn([spoke(1, 'David', 'administrator'), listed(1, 'David')])
    const people = new People(sql, BOT)

    expect(people.roleOf(1)).toBe('administrator')
    expect(people.mentionable()).toEqual(new Map([['David', sgid(1)]]))
  })
})

describe('a role', () => {
  it.each([
    ['administrator', 'administrator'],
    ['member', 'member'],
    ['bot', 'bot'],
    ['emperor', null],
    [undefined, null],
  ])('%s is %s', async (role, known) => {
    await inRoom(({ sql }) => {
      const people = new People(sql, BOT)
      people.learn([spoke(1, 'David', role)])
      expect([people.roleOf(1), people.roleOf(99)]).toEqual([known, null])
    })
  })

  it('is kept when somebody is heard of without one, and changes when they get another', async () => {
    await inRoom(({ sql }) => {
      const people = new People(sql, BOT)
      people.learn([spoke(1, 'David', 'administrator'), spoke(1, 'David')])
      expect(people.roleOf(1)).toBe('administrator')

      people.learn([spoke(1, 'David', 'member')])
      expect(people.roleOf(1)).toBe('member')
    })
  })
})

describe('a name', () => {
  it('that two people bear mentions nobody, until one of them takes another', async () => {
    await inRoom(({ sql }) => {
      const people = new People(sql, BOT)
      people.learn([listed(1, 'Ann'), spoke(2, 'Ann'), listed(4, 'Kevin')])
      expect([...people.mentionable().keys()]).toEqual(['Kevin'])
      expect(people.ambiguous()).toEqual(['Ann'])

      people.learn([spoke(2, 'Ann Lee')])
      expect(people.mentionable().get('Ann')).toBe(sgid(1))
      expect(people.ambiguous()).toEqual([])
    })
  })

  it('is what its bearer is called, whatever a chip says', async () => {
    await inRoom(({ sql }) => {
      const people = new People(sql, BOT)
      people.learn([spoke(1, 'David'), chip(1, 'Boss'), spoke(1, ' David  Heinemeier ')])
      expect([...people.mentionable().keys()]).toEqual(['David Heinemeier'])
    })
  })

  it('is needed: a chip without one is kept only for somebody known', async () => {
    await inRoom(({ sql }) => {
      const people = new People(sql, BOT)
      people.learn([spoke(1, 'David'), chip(1, null), chip(2, null), chip(4, '  ')])
      expect(people.mentionable()).toEqual(new Map([['David', sgid(1)]]))
    })
  })
})

describe('a signed id', () => {
  it('that Campfire lists takes the place of one that somebody sent', async () => {
    await inRoom(({ sql }) => {
      const people = new People(sql, BOT)
      people.learn([chip(2, 'Jason', 'forged--00')])
      expect(people.mentionable().get('Jason')).toBe('forged--00')

      people.learn([listed(2, 'Jason'), chip(2, 'Jason', 'forged--00')])
      expect(people.mentionable().get('Jason')).toBe(sgid(2))
    })
  })

  it('of the bot itself is not kept', async () => {
    await inRoom(({ sql }) => {
      const people = new People(sql, BOT)
      people.learn([listed(BOT, 'Assistant'), spoke(BOT, 'Assistant', 'bot')])
      expect([people.mentionable().size, people.roleOf(BOT)]).toEqual([0, null])
    })
  })
})

it('keeps five hundred of whom chips name, and everybody who speaks', async () => {
  await inRoom(({ sql }) => {
    const people = new People(sql, BOT)
    people.learn(Array.from({ length: 600 }, (_, n) => chip(1_000 + n, `Nobody ${n}`)))
    expect(people.mentionable().size).toBe(500)

    people.learn([spoke(1, 'David', 'administrator'), listed(1, 'David')])
    expect(people.roleOf(1)).toBe('administrator')
    expect(people.mentionable().get('David')).toBe(sgid(1))
  })
})
