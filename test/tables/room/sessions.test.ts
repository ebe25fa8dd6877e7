import { describe, expect, it } from 'vitest'
import type { Answer, Usage } from '../../../src/model.ts'
import { Replies } from '../../../src/tables/room/replies.ts'
import { type PastTurn, Session, type SessionRow } from '../../../src/tables/room/sessions.ts'
import { Steps } from '../../../src/tables/room/steps.ts'
import { Turns, type Verdict } from '../../../src/tables/room/turns.ts'
import { begins, inRoom } from '../../support/rows.ts'

const toolUse: Answer = {
  content: [
    { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
    { type: 'tool_use', id: 'toolu_1', name: 'boost', input: {} },
  ],
  stopReason: 'tool_use',
  usage: { input_tokens: 1, output_tokens: 1 } as Usage,
  isCounted: true,
  messageId: 'msg_1',
  requestId: null,
  model: 'm',
  unreadableInputs: ['toolu_1'],
}

interface Passing {
  prompt?: string | null
  verdict?: Verdict
  sentence?: string
}

/** A turn of the session from its beginning to its end, as the room takes one. */
function takesTurn(sql: SqlStorage, session: Session, row: SessionRow, passing: Passing = {}) {
  const { prompt = 'a secret question', verdict = 'replied', sentence = null } = passing
  const turns = new Turns(sql)
  const turn = begins(sql, { session: row.id, prompt })
  const steps = new Steps(sql, turn.id, [])
  const asking = {
    kind: 'talk' as const,
    model: 'm',
    notice: 'a secret notice',
    cost: 1,
    prefix: null,
  }
  const step = steps.ask(asking, 0)
  steps.answered(step, toolUse, 1, 0)
  for (const use of step.uses) steps.result(use, 'error', 'a secret result')
  const said = {
    content: [{ type: 'text' as const, text: 'a secret answer' }],
    unreadableInputs: [],
  }
  steps.answered(steps.ask(asking, 0), { ...toolUse, ...said }, 1, 0)
  const replies = new Replies(sql, turn.id, [])
  replies.intend([{ body: 'a secret answer', file: null }], null)
  turns.change(turn, { state: verdict, ended: 1, verdict, sentence })

  if (prompt !== null && verdict !== 'parked') {
    session.remember(row.id, { id: turn.id, prompt, steps: steps.all, sentence })
  }
  return turn.id
}

function idsOf(turns: PastTurn[]) {
  return turns.map(({ id }) => id)
}

describe('a session', () => {
  it('is cold, then hot, and warm when memory was lost', async () => {
    await inRoom(({ sql }) => {
      const session = new Session(sql)
      expect([session.current(), session.tier()]).toEqual([null, 'cold'])
      const row = session.begin(5, 1)
      expect(session.current()).toEqual(row)
      expect(session.tier()).toBe('hot')

      const evicted = new Session(sql)
      expect(evicted.tier()).toBe('warm')
      evicted.past(row, 1)
      expect(evicted.tier()).toBe('hot')

      evicted.end('expired', 9)
      expect([evicted.current(), evicted.tier()]).toEqual([null, 'cold'])
    })
  })

  it('remembers hot what it reads warm', async () => {
    await inRoom(({ sql }) => {
      const session = new Session(sql)
      const row = session.begin(0, 1)
      takesTurn(sql, session, row)
      takesTurn(sql, session, row, { prompt: null }) // help
      takesTurn(sql, session, row, { verdict: 'failed', sentence: 'I could not.' })
      takesTurn(sql, session, row, { verdict: 'parked' })
      takesTurn(sql, session, row, { verdict: 'stopped', sentence: 'Stopped.' })
      const open = begins(sql, { session: row.id }).id

      expect(idsOf(session.past(row, open))).toEqual([1, 3, 5])
      expect(new Session(sql).past(row, open)).toEqual(session.past(row, open))
      expect(
        JSON.stringify(
          new Session(sql).past(row, open).map(({ steps }) => steps.map((s) => s.content)),
        ),
      ).toBe(
        JSON.stringify(session.past(row, open).map(({ steps }) => steps.map((s) => s.content))),
      )
    })
  })

  it('does not remember the turns of another', async () => {
    await inRoom(({ sql }) => {
      const session = new Session(sql)
      const first = session.begin(0, 1)
      takesTurn(sql, session, first)
      session.end('reset', 1)
      const second = session.begin(2, 2)
      session.remember(first.id, { id: 9, prompt: 'late', steps: [], sentence: null })
      takesTurn(sql, session, second)

      expect(idsOf(session.past(second, 3))).toEqual([2])
      expect(idsOf(new Session(sql).past(second, 3))).toEqual([2])
    })
  })
})

describe('the session before', () => {
  it.each([
    ['expired', null],
    ['reset', ''],
    ['forgotten', ''],
  ] as const)('that was %s leaves %j to be told', async (ending, summary) => {
    await inRoom(({ sql }) => {
      const session = new Session(sql)
      expect(session.begin(0, 1).summary).toBe('')
      session.end(ending, 1)
      expect(session.begin(2, 1).summary).toBe(summary)
      expect(session.current()?.summary).toBe(summary)
    })
  })

  it('is read up to where this one began, and told once', async () => {
    await inRoom(({ sql }) => {
      const session = new Session(sql)
      const first = session.begin(0, 1)
      expect(session.pastBefore(first)).toEqual([])
      for (let n = 0; n < 3; n++) takesTurn(sql, session, first)
      session.end('expired', 1)
      const second = session.begin(2, 4)
      takesTurn(sql, session, second)

      expect(idsOf(session.pastBefore(second))).toEqual([1, 2, 3])
      session.summarize(second, 'They spoke of tea.')
      expect(session.current()?.summary).toBe('They spoke of tea.')
      expect(new Session(sql).current()?.summary).toBe('They spoke of tea.')
    })
  })
})

describe('a session that has grown too long', () => {
  it.each([
    [1, []],
    [2, [2]],
    [3, [3]],
    [4, [3, 4]],
    [5, [4, 5]],
  ])('of %i turns keeps the newer half: %j', async (count, kept) => {
    await inRoom(({ sql }) => {
      const session = new Session(sql)
      const row = session.begin(0, 1)
      for (let n = 0; n < count; n++) takesTurn(sql, session, row)
      const open = begins(sql, { session: row.id }).id

      session.dropOldest(row, open)
      expect(idsOf(session.past(row, open))).toEqual(kept)
      expect(session.past(row, open)).toEqual(new Session(sql).past(row, open))
      expect(session.current()?.from_turn).toBe(row.from_turn)
    })
  })

  it('drops until there is nothing left', async () => {
    await inRoom(({ sql }) => {
      const session = new Session(sql)
      const row = session.begin(0, 1)
      for (let n = 0; n < 5; n++) takesTurn(sql, session, row)
      const left = [1, 2, 3].map(() => {
        session.dropOldest(row, 6)
        return session.past(row, 6).length
      })
      expect(left).toEqual([2, 1, 0])
    })
  })

  it('also remembers what comes after', async () => {
    await inRoom(({ sql }) => {
      const session = new Session(sql)
      const row = session.begin(0, 1)
      for (let n = 0; n < 4; n++) takesTurn(sql, session, row)
      session.dropOldest(row, 5)
      takesTurn(sql, session, row)
      takesTurn(sql, session, row)
      expect(idsOf(session.past(row, 7))).toEqual([3, 4, 5, 6])
    })
  })

  it('is too long at two hundred turns, and reads no more, hot or warm', async () => {
    await inRoom(({ sql, cost }) => {
      const session = new Session(sql)
      const row = session.begin(0, 1)
      for (let n = 0; n < 199; n++) takesTurn(sql, session, row)
      expect(session.isTooLong(row, 200)).toBe(false)
      takesTurn(sql, session, row)
      expect(session.isTooLong(row, 201)).toBe(true)
      expect(new Session(sql).isTooLong(row, 201)).toBe(true)

      const reads = (count: number) => {
        for (let n = 0; n < count; n++) takesTurn(sql, session, row)
        const evicted = new Session(sql)
        cost()
        evicted.past(row, 10_000)
        return cost().read
      }
      expect(reads(100)).toBe(reads(100))
    })
  })
})

describe('erasing', () => {
  const SECRET = 'secret'

  function words(sql: SqlStorage) {
    return ['turns', 'steps', 'tool_uses', 'replies', 'sessions'].filter((table) =>
      JSON.stringify(sql.exec(`SELECT * FROM ${table}`).toArray()).includes(SECRET),
    )
  }

  it('leaves no word of what is over, and the receipts', async () => {
    await inRoom(({ sql, cost }) => {
      const session = new Session(sql)
      const row = session.begin(0, 1)
      session.summarize(row, 'a secret summary')
      for (let n = 0; n < 3; n++) takesTurn(sql, session, row, { sentence: 'a secret sentence' })
      expect(words(sql)).toHaveLength(5)
      session.end('forgotten', 1)
      session.erase()

      expect(words(sql)).toEqual([])
      expect(new Turns(sql).reports.after(0).map(({ steps }) => steps)).toEqual([2, 2, 2])
      cost()
      session.erase()
      expect(cost().written).toBe(0)
    })
  })

  it('spares the open turn, and those outside the range', async () => {
    await inRoom(({ sql }) => {
      const session = new Session(sql)
      const row = session.begin(0, 1)
      for (let n = 0; n < 4; n++) takesTurn(sql, session, row)
      const open = begins(sql, { session: row.id, prompt: 'a secret that is asked' }).id
      session.erase(1, 2)
      expect(idsOf(session.past(row, open))).toEqual([1, 3, 4])
      session.erase()
      expect(session.past(row, open)).toEqual([])
      expect(new Turns(sql).open()?.prompt).toBe('a secret that is asked')
    })
  })
})

it('costs one write to begin and one to end, and none to remember', async () => {
  await inRoom(({ sql, cost }) => {
    const session = new Session(sql)
    const row = session.begin(0, 1)
    expect(cost().written).toBe(1)
    session.remember(row.id, { id: 1, prompt: 'hi', steps: [], sentence: null })
    expect(cost().written).toBe(0)
    session.end('expired', 1)
    expect(cost().written).toBe(1)
    session.end('expired', 2)
    expect(cost().written).toBe(0)
  })
})
