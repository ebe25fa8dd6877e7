import { describe, expect, it } from 'vitest'
import type { Answer, Usage } from '../../../src/model.ts'
import type { Asking } from '../../../src/tables/room/step.ts'
import { Steps } from '../../../src/tables/room/steps.ts'
import { inRoom } from '../../support/rows.ts'

const asking: Asking = {
  kind: 'talk',
  model: 'claude-sonnet-5-5',
  notice: null,
  cost: 9_000,
  prefix: null,
}

const twoTools: Answer['content'] = [
  { type: 'thinking', thinking: 'Hm.', signature: 'sig' },
  { type: 'text', text: 'I will look. 見ます \ud83d' },
  { type: 'tool_use', id: 'toolu_1', name: 'read_messages', input: { count: 5 } },
  { type: 'tool_use', id: 'toolu_2', name: 'boost', input: {} },
]

function answer(changes: Partial<Answer> = {}): Answer {
  return {
    content: twoTools,
    stopReason: 'tool_use',
    usage: { input_tokens: 10, output_tokens: 5 } as Usage,
    isCounted: true,
    messageId: 'msg_1',
    requestId: null,
    model: 'claude-sonnet-5-5',
    unreadableInputs: ['toolu_2'],
    ...changes,
  }
}

describe('what is read from the rows is what memory held', () => {
  const readsBack = (name: string, work: (steps: Steps) => void) =>
    it(name, async () => {
      await inRoom(({ sql }) => {
        const steps = new Steps(sql, 7, [])
        work(steps)
        expect(new Steps(sql, 7).all).toEqual(steps.all)
        expect(JSON.stringify(new Steps(sql, 7).all.map(({ content }) => content))).toBe(
          JSON.stringify(steps.all.map(({ content }) => content)),
        )
      })
    })

  readsBack('of nothing', () => {})

  readsBack('of an intent', (steps) => {
    steps.ask({ ...asking, notice: 'Go on.', cost: null }, 1_000)
  })

  readsBack('of an answer with tool uses, one unreadable', (steps) => {
    steps.answered(steps.ask(asking, 1), answer(), 120, 2)
    expect(steps.all[0]?.uses).toMatchObject([
      { number: 1, id: 'toolu_1', input: { count: 5 }, unreadable: false, state: 'intended' },
      { number: 2, id: 'toolu_2', input: {}, unreadable: true, result: null },
    ])
  })

  readsBack('of results, in whatever order they came', (steps) => {
    const step = steps.ask(asking, 1)
    steps.answered(step, answer(), null, 2)
    for (const use of step.uses.toReversed()) steps.result(use, 'ok', `{"ok":${use.number}}`)
  })

  readsBack('of a call that failed, and one that was stopped in mid-word', (steps) => {
    steps.unanswered(steps.ask(asking, 1), { state: 'failed', error: 'cut', content: [] }, 2)
    const content = [{ type: 'text' as const, text: 'Once up' }]
    steps.unanswered(steps.ask(asking, 3), { state: 'stopped', error: 'stopped', content }, 4)
  })

  readsBack('of a dozen steps', (steps) => {
    for (let n = 0; n < 12; n++) steps.answered(steps.ask(asking, n), answer(), n, n)
  })
})

it('the worst case is booked until the price is known, and stays where it never is', async () => {
  await inRoom(({ sql }) => {
    const steps = new Steps(sql, 7, [])
    const costs = () =>
      sql
        .exec('SELECT cost FROM steps')
        .toArray()
        .map(({ cost }) => cost)
    const first = steps.ask(asking, 1)
    expect(costs()).toEqual([9_000])
    steps.answered(first, answer(), 120, 2)
    steps.unanswered(steps.ask(asking, 3), { state: 'lost', error: 'lost', content: [] }, 4)
    expect(costs()).toEqual([120, 9_000])
  })
})

it('turns do not see the steps of each other', async () => {
  await inRoom(({ sql }) => {
    new Steps(sql, 7, []).ask(asking, 1)
    new Steps(sql, 8, []).ask({ ...asking, kind: 'last' }, 1)
    expect(new Steps(sql, 7).all.map(({ kind, number }) => [kind, number])).toEqual([['talk', 1]])
    expect(new Steps(sql, 9).all).toEqual([])
  })
})

it('costs two writes for a step, and two for each tool use', async () => {
  await inRoom(({ sql, cost }) => {
    const steps = new Steps(sql, 7, [])
    const step = steps.ask(asking, 1)
    steps.answered(step, answer({ content: [{ type: 'text', text: 'Hi.' }] }), 1, 2)
    expect(cost().written).toBe(2)

    const second = steps.ask(asking, 1)
    steps.answered(second, answer(), 1, 2)
    for (const use of second.uses) steps.result(use, 'ok', '{}')
    expect(cost().written).toBe(2 + 2 * 2)
  })
})
