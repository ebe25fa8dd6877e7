import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Archive, type Search } from '../../../src/tables/room/archive.ts'
import { inRoom } from '../../support/rows.ts'

const DAY = 86_400_000
const MINUTE = 60_000

interface Said {
  text: string
  name?: string
  author?: number
  at?: number
}

/** An archive in which this was said, in this order; the first has the id 1. */
async function having<T>(said: (Said | string)[], work: (archive: Archive) => T) {
  return await inRoom(({ sql }) => {
    const archive = new Archive(sql)
    for (const [index, one] of said.entries()) {
      const {
        text,
        name = 'David',
        author = 1,
        at = index,
      } = typeof one === 'string' ? { text: one } : one
      archive.add({ message: index + 1, author, name, at, text })
    }
    return work(archive)
  })
}

function find(archive: Archive, search: Partial<Search>) {
  return archive.search({ words: '', limit: 40, ...search }).map(({ message }) => message)
}

it('gives back what it was given, newest first', async () => {
  await having(['one tea', { text: 'two 🍵 teas', name: 'Émile', author: 2, at: 9 }], (archive) => {
    expect(archive.search({ words: 'tea', limit: 5 })).toEqual([
      { message: 2, author: 2, name: 'Émile', at: 9, text: 'two 🍵 teas' },
      { message: 1, author: 1, name: 'David', at: 0, text: 'one tea' },
    ])
    expect(find(archive, { words: 'tea', limit: 1 })).toEqual([2])
  })
})

describe('words', () => {
  it.each<[string, string, boolean]>([
    ['The deploy failed on Friday', 'friday deploy', true],
    ['The deploy failed on Friday', 'deploy monday', false],
    ['The deploy failed on Friday', 'deplo', false],
    ['We are deploying servers', 'deployed server', true],
    ['Café crème à Zürich', 'cafe creme zurich', true],
    ['cafe creme', 'Café Crème', true],
    ['ＦＵＬＬ width', 'full', true],
    ['state-of-the-art', 'state of the art', true],
    ['see user@example.com', 'example.com', true],
    ['v1.4.9 is out', 'v1.4.9', true],
    ['東京に行きました', '東京', true],
    ['東京に行きました', '京東', false],
    ['東京に行きました', '行き', true],
    ['コーヒーを飲む', 'コーヒー', true],
    ['ｺｰﾋｰを飲む', 'コーヒー', true],
    ['明天下午三点开会', '开会', true],
    ['明天下午三点开会', '会开', false],
    ['明天下午三点开会', '开会 明天', true],
    ['新版GPT很好用', 'GPT', true],
    ['新版GPT很好用', 'gpt很好', true],
    ['회의는 내일입니다', '회의', true],
    ['회의는 내일입니다', '내일 회의', true],
    ['회의는 내일입니다', '의회', false],
    ['ประชุมพรุ่งนี้', 'พรุ่งนี้', true],
    ['हिन्दी में', 'हिन्दी', true],
    ['Встреча завтра', 'ВСТРЕЧА', true],
    ['Ещё раз', 'еще', true],
    ['мой дом', 'мои', false],
    ['Η Αθήνα', 'ΑΘΗΝΑ', true],
    ['Ο Οδυσσεύς', 'ΟΔΥΣΣΕΥΣ', true],
    ['die Straße', 'STRASSE', true],
    ['in Łódź', 'Lodz', true],
    ['Ørsted', 'Orsted', true],
    ['bay đi Đà Nẵng', 'Da Nang', true],
    ['مُحَمَّد هنا', 'محمد', true],
    ['أحمد', 'احمد', true],
    ['שָׁלוֹם עולם', 'שלום', true],
    ['می‌خواهم بروم', 'میخواهم', true],
    ['अच्छा हिन्दी', 'हिन्दी', true],
    ['がっこう', 'かっこう', false],
    ['שלום עולם', 'עולם', true],
    ['well done 🎉 everyone', '🎉', true],
    ['well done everyone', '🎉', false],
    ['well done \u2764 everyone', '\u2764\ufe0f', true],
    ['well done \u2764\ufe0f everyone', '\u2764', true],
    ['us 👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧', true],
    ['what???', '???', true],
    ['what?', '???', false],
  ])('in %j, %j is found: %s', async (text, words, found) => {
    await having([text], (archive) => expect(find(archive, { words })).toEqual(found ? [1] : []))
  })

  it.each([
    '"',
    '"tea',
    'tea"',
    'tea"coffee',
    'tea*',
    '*',
    'te*',
    'AND',
    'OR NOT',
    'tea AND',
    'tea OR coffee',
    'NOT tea',
    'NEAR(tea coffee)',
    'NEAR(',
    'words:tea',
    'text : tea',
    '-tea',
    '^tea',
    'tea + coffee',
    '{words text} : tea',
    '(tea',
    "'; DROP TABLE archive; --",
    '\0',
    '\u0301',
    'ー',
    '%_',
  ])('%j is no syntax', async (words) => {
    const remark = `tea and coffee, or not; near NEAR( text, words: te drop table archive ${words}`
    await having([remark, 'something else'], (archive) => {
      expect(find(archive, { words })).toEqual([1])
      expect(find(archive, { words: 'something' })).toEqual([2])
    })
  })

  it('are joined by nothing but that all must be there', async () => {
    await having(['tea', 'coffee', 'coffee or tea'], (archive) => {
      expect(find(archive, { words: 'tea OR coffee' })).toEqual([3])
      expect(find(archive, { words: 'tea NOT coffee' })).toEqual([])
    })
  })

  it('cannot break it, whatever they are', async () => {
    await having(['tea'], (archive) => {
      const pieces = fc.constantFrom(
        '"',
        '*',
        'AND',
        'NEAR(',
        ')',
        ':',
        '^',
        '-',
        '字',
        'ー',
        'a',
        ' ',
        '\u0301',
        '\0',
      )
      const words = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(pieces).map((all) => all.join('')),
      )
      fc.assert(fc.property(words, (words) => Array.isArray(archive.search({ words, limit: 5 }))))
    })
  })

  it('left out, the newest is found', async () => {
    await having(['one', 'two', 'three'], (archive) => {
      expect(find(archive, { limit: 2 })).toEqual([3, 2])
      expect(find(archive, { words: '  ', limit: 2 })).toEqual([3, 2])
    })
  })
})

describe('by person and by date', () => {
  const talk = [
    { text: 'tea', name: 'David', at: 1 * DAY },
    { text: 'tea', name: 'Émile Müller', at: 2 * DAY },
    { text: 'coffee', name: 'ÉMILIE', at: 3 * DAY },
    { text: 'tea', name: '王小明', at: 4 * DAY },
    { text: 'mate', name: 'Łukasz', at: 5 * DAY },
    { text: 'mate', name: 'Γιώργος', at: 6 * DAY },
  ]

  it.each<[Partial<Search>, number[]]>([
    [{ person: 'david' }, [1]],
    [{ person: 'émil' }, [3, 2]],
    [{ person: 'EMIL' }, [3, 2]],
    [{ person: 'muller', words: 'tea' }, [2]],
    [{ person: 'muller', words: 'coffee' }, []],
    [{ person: '小明' }, [4]],
    [{ person: 'Lukasz' }, [5]],
    [{ person: 'ΓΙΩΡΓΟΣ' }, [6]],
    [{ person: '%' }, []],
    [{ person: '' }, [6, 5, 4, 3, 2, 1]],
    [{ from: 2 * DAY }, [6, 5, 4, 3, 2]],
    [{ before: 2 * DAY }, [1]],
    [{ from: 2 * DAY, before: 4 * DAY }, [3, 2]],
    [{ from: 2 * DAY, before: 4 * DAY, words: 'tea' }, [2]],
    [{ from: 9 * DAY }, []],
    [{ person: 'emil', limit: 1 }, [3]],
  ])('%j', async (search, found) => {
    await having(talk, (archive) => expect(find(archive, search)).toEqual(found))
  })
})

it('keeps any text under the 2 MB that a row may have, however much it grows', async () => {
  await inRoom(({ sql }) => {
    const archive = new Archive(sql)
    const long = ['字'.repeat(330_000), '\ufdfa'.repeat(330_000), 'x'.repeat(1_000_000)]
    for (const [id, text] of long.entries()) {
      archive.add({ message: id + 1, author: 1, name: 'David', at: 1, text })
      archive.add({ message: null, author: 1, name: 'David', at: 1, text })
    }

    for (const table of ['said', 'archive']) {
      const sizes = `SELECT max(octet_length(words) + octet_length(text)) AS size FROM ${table}`
      expect(sql.exec<{ size: number }>(sizes).one().size).toBeLessThan(1_500_000)
    }
    expect(find(archive, { words: '字字' })).toEqual([1, null])
  })
})

it('looks back over a bounded number of remarks, from the day that is asked for', async () => {
  await inRoom(({ sql, cost }) => {
    const archive = new Archive(sql)
    for (let n = 1; n <= 2_500; n++)
      archive.add({ message: n, author: 1, name: 'David', at: n * MINUTE, text: 'tea' })
    cost()
    expect(archive.search({ words: '', person: 'Kevin', limit: 5 })).toEqual([])
    expect(archive.search({ words: 'tea', person: 'Kevin', limit: 5 })).toEqual([])
    expect(cost().read).toBeLessThan(2 * 2_100)
    expect(archive.search({ words: '', before: 400 * MINUTE, limit: 5 })).toHaveLength(5)
    expect(
      archive.search({ words: 'tea', from: 9 * MINUTE, before: 11 * MINUTE, limit: 5 }),
    ).toHaveLength(2)
    expect(cost().read).toBeLessThan(500)
  })
})

it('reads hits alone where it looks for words of a person', async () => {
  await inRoom(({ sql, cost }) => {
    const archive = new Archive(sql)
    for (let n = 1; n <= 2_000; n++) {
      const [author, name] = n % 700 ? [1, 'David'] : [4, 'Kevin']
      archive.add({ message: n, author, name, at: n * MINUTE, text: 'tea' })
    }
    archive.add({ message: 2_001, author: 4, name: 'Kevin', at: 2_001 * MINUTE, text: 'tea' })
    cost()
    expect(find(archive, { words: 'tea', person: 'Kevin' })).toEqual([2_001, 1_400, 700])
    expect(cost().read).toBeLessThan(50)
  })
})

it('finds what fits best first, or what is newest', async () => {
  const talk = ['tea, tea, and tea', 'some tea, and a long word of milk and the weather', 'coffee']
  await having(talk, (archive) => {
    expect(find(archive, { words: 'tea', order: 'best' })).toEqual([1, 2])
    expect(find(archive, { words: 'tea', order: 'best', limit: 1 })).toEqual([1])
    expect(find(archive, { words: 'tea', order: 'newest' })).toEqual([2, 1])
    expect(find(archive, { words: 'tea' })).toEqual([2, 1])
  })
})

describe('forgetting', () => {
  const talk = [
    { text: 'a secret', author: 1 },
    { text: 'another secret', author: 2 },
    { text: 'no secret', author: 1 },
  ]

  it('drops what one person said', async () => {
    await having(talk, (archive) => {
      archive.forget(1)
      expect(find(archive, {})).toEqual([2])
      expect(find(archive, { words: 'secret' })).toEqual([2])
    })
  })

  it('drops everything, and goes on', async () => {
    await having(talk, (archive) => {
      archive.forget(null)
      expect(find(archive, { words: 'secret' })).toEqual([])
      archive.add({ message: 9, author: 1, name: 'David', at: 9, text: 'a new secret' })
      expect(find(archive, { words: 'secret' })).toEqual([9])
    })
  })

  it('drops what is older, a bounded piece at a time', async () => {
    await inRoom(({ sql }) => {
      const archive = new Archive(sql)
      for (let at = 1; at <= 700; at++)
        archive.add({ message: at, author: 1, name: 'D', at, text: 'tea' })
      expect(archive.oldest()).toBe(1)
      archive.prune(0)
      expect(sql.exec('SELECT count(*) AS left FROM said').one()).toEqual({ left: 700 })
      archive.prune(600)
      expect(archive.oldest()).toBe(501)
      archive.prune(600)
      expect(archive.oldest()).toBe(601)
      expect(find(archive, { words: 'tea', limit: 200 })).toHaveLength(100)
    })
  })
})

it('costs one write for a remark, as SQLite counts', async () => {
  await inRoom(({ sql, cost }) => {
    new Archive(sql).add({ message: 1, author: 1, name: 'David', at: 1, text: 'tea' })
    expect(cost().written).toBe(1)
  })
})
