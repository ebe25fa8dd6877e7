import { expect, it } from 'vitest'
import { readSteps } from '../../../src/tables/room/steps/read-steps.ts'
import { StepsBack } from '../../../src/tables/room/steps/steps-back.ts'
import { inRoom } from '../../support/rows.ts'

const TALK = [{ type: 'text', text: 'Well.' }]
const CALLS = [1, 2].map((id) => ({ type: 'tool_use', id: `toolu_${id}`, name: 'x', input: {} }))

/** Turns with their steps, and what each of them said or called; the fifth cannot be read. */
const SAID: [turn: number, steps: (object[] | string)[]][] = [
  [1, [TALK]],
  [2, [CALLS, CALLS, TALK]],
  [3, []],
  [5, [TALK, 'half [']],
  [6, [CALLS]],
  [9, [TALK, TALK]],
]

it('a session that is read back in one go reads as each of its turns does alone', async () => {
  await inRoom(({ sql }) => {
    for (const [turn, steps] of SAID) {
      for (const [index, content] of steps.entries()) {
        const text = typeof content === 'string' ? content : JSON.stringify(content)
        sql.exec(
          `INSERT INTO steps (turn, number, kind, state, model, content, asked)
           VALUES (?, ?, 'talk', 'ok', 'm', ?, 1)`,
          turn,
          index + 1,
          text,
        )
        if (content !== CALLS) continue
        const use = `INSERT INTO tool_uses (turn, step, number, id, name, state, result)
           VALUES (?, ?, 2, 'toolu_2', 'x', 'ok', '{"ok":true}')`
        sql.exec(use, turn, index + 1)
      }
    }

    const turns = [9, 8, 6, 5, 4, 3, 2, 1]
    const back = new StepsBack(sql, { from: 1, before: 10 })
    expect(turns.map((turn) => back.of(turn))).toEqual(turns.map((turn) => readSteps(sql, turn)))
    // Some are passed by, as a turn of which nothing is remembered.
    const some = new StepsBack(sql, { from: 2, before: 9 })
    expect([6, 2].map((turn) => some.of(turn))).toEqual([6, 2].map((turn) => readSteps(sql, turn)))
    expect(readSteps(sql, 2)?.map(({ uses }) => uses.map(({ state }) => state))).toEqual([
      ['unknown', 'ok'],
      ['unknown', 'ok'],
      [],
    ])
  })
})
