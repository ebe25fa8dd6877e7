import { expect, it } from 'vitest'
import type { Usage } from '../../../src/model.ts'
import { Steps } from '../../../src/tables/room/steps.ts'
import { Turns } from '../../../src/tables/room/turns.ts'
import { begins, inRoom } from '../../support/rows.ts'

it('what is read from the row is what memory held, from its beginning to its end', async () => {
  await inRoom(({ sql }) => {
    const turns = new Turns(sql)
    const turn = begins(sql, { prompt: 'how are you?', tier: 'warm', started: 5 })
    expect(turns.open()).toEqual(turn)

    turns.change(turn, { state: 'paused', due: 900, failures: 2, failing_since: 800 })
    expect(turns.open()).toEqual(turn)
    turns.change(turn, { state: 'running', due: null, stopped_by: 'asker', crashes: 1, model: 'm' })
    turns.change(turn, { verdict: 'stopped', sentence: 'Stopped.', error: 'x' })
    expect(turns.open()).toEqual(turn)

    turns.change(turn, { state: 'stopped', ended: 1_000 })
    expect(turns.open()).toBeNull()
    expect(turns.last()).toEqual(turn)
  })
})

it('is numbered in order, the newest first', async () => {
  await inRoom(({ sql, cost }) => {
    const turns = new Turns(sql)
    expect([turns.last(), turns.open(), turns.newest(3)]).toEqual([null, null, []])
    for (let n = 0; n < 100; n++) turns.change(begins(sql), { ended: 1, state: 'replied' })
    cost()
    expect(turns.newest(3).map(({ id }) => id)).toEqual([100, 99, 98])
    expect(turns.last()?.id).toBe(100)
    expect(turns.open()).toBeNull()
    expect(cost().read).toBeLessThan(10)
  })
})

it('costs one write to begin, and one for each change', async () => {
  await inRoom(({ sql, cost }) => {
    const turn = begins(sql)
    expect(cost().written).toBe(1)
    new Turns(sql).change(turn, { state: 'replied', ended: 1, due: null })
    expect(cost().written).toBe(1)
  })
})

it('tells the account what is over, oldest first, and what it came to', async () => {
  await inRoom(({ sql }) => {
    const turns = new Turns(sql)
    const usage = { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 100 } as Usage
    for (const state of ['replied', 'silent'] as const) {
      const turn = begins(sql, { started: 100, tier: 'hot' })
      const steps = new Steps(sql, turn.id, [])
      const asking = { kind: 'talk' as const, model: 'm', notice: null, cost: 9, prefix: null }
      for (let n = 0; n < 2 && state === 'replied'; n++) {
        const answer = { content: [], stopReason: 'end_turn', usage, messageId: '', model: '' }
        const whole = {
          ...answer,
          isCounted: true,
          requestId: null,
          unreadableInputs: [],
        }
        steps.answered(steps.ask(asking, 0), whole, 7, 0)
      }
      turns.change(turn, { state, ended: 300 })
    }
    begins(sql)

    const [first, second, ...others] = turns.reports.after(0)
    expect(first).toMatchObject({ id: 1, state: 'replied', tier: 'hot', started: 100, ended: 300 })
    expect(first).toMatchObject({
      steps: 2,
      cost: 14,
      input_tokens: 220,
      cached_tokens: 200,
      output_tokens: 10,
    })
    expect(second).toMatchObject({ id: 2, state: 'silent', steps: 0 })
    expect(others).toEqual([])
    expect(turns.reports.after(1).map(({ id }) => id)).toEqual([2])
  })
})

it('tells how many steps have no price, beside what the others came to', async () => {
  await inRoom(({ sql }) => {
    const turn = begins(sql)
    const steps = new Steps(sql, turn.id, [])
    const asking = { kind: 'talk' as const, model: 'm', notice: null, cost: 9, prefix: null }
    const usage = { input_tokens: 10, output_tokens: 5 } as Usage
    const answer = { content: [], stopReason: 'end_turn', usage, messageId: '', model: '' }
    for (const cost of [7, null, null]) {
      steps.answered(
        steps.ask(asking, 0),
        { ...answer, unreadableInputs: [], isCounted: true, requestId: null },
        cost,
        0,
      )
    }
    new Turns(sql).change(turn, { state: 'replied', ended: 1 })
    expect(new Turns(sql).reports.after(0)).toMatchObject([{ steps: 3, cost: 7, unpriced: 2 }])
  })
})

it('finds the turns that were over by then', async () => {
  await inRoom(({ sql }) => {
    const turns = new Turns(sql)
    for (const ended of [10, 20, 30]) turns.change(begins(sql), { ended })
    begins(sql)
    expect([5, 10, 19, 21, 99].map((time) => turns.ended.before(time, 0))).toEqual([
      null,
      1,
      1,
      2,
      3,
    ])
    expect(turns.ended.before(99, 3)).toBeNull()
  })
})

it('a silence is over as it begins, and the account is told of it', async () => {
  await inRoom(({ sql }) => {
    const turns = new Turns(sql)
    const silence = begins(sql, { silent: true, prompt: null, reason: 'not mentioned', started: 7 })

    expect(silence).toMatchObject({ state: 'silent', started: 7, ended: 7 })
    expect(turns.find(silence.id)).toEqual(silence)
    expect(turns.open()).toBeNull()
    expect(turns.reports.after(0)).toMatchObject([{ id: silence.id, state: 'silent', steps: 0 }])
  })
})
