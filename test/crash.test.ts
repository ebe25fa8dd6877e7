import { describe, expect, it } from 'vitest'
import { BLOWS, type Blow, MODEL, type Strike } from './crash/killer.ts'
import { pointsOf } from './crash/points.ts'
import { Trial } from './crash/trial.ts'
import { POISON, type ScriptedTurn, TEXT } from './kinds/killed.ts'
import { KILLED_TURNS } from './kinds.ts'
import { useBotChanges } from './support/bots.ts'
import { extent } from './support/extent.ts'
import { useWorld } from './support/world.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What was struck in this test. */
    points?: number
    pairs?: number
  }
}

const ALL_OF_THEM = 120_000
/** In `npm test` each kind of turn meets one of them, and a text all. */
const FEW: Blow[] = ['dies before, rows lost', 'dies after']

describe('a turn', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  for (const turn of KILLED_TURNS) {
    describe(turn.what, () => {
      const few = FEW.filter((_, index) => index === KILLED_TURNS.indexOf(turn) % FEW.length)
      const blows = extent === 'some' && turn !== TEXT ? few : BLOWS
      for (const blow of blows.filter((blow) => blow !== turn.sparedFrom)) {
        it(
          `ends once, wherever it ${blow}`,
          async ({ task }) => {
            assistant(turn.bot ?? {})
            // It ends well when nothing happens to it. From then on Campfire is known, as in any room but the first.
            expect(await tried(turn, [])).toEqual({ hits: [], wrong: [] })
            const points = pointsOf(turn, blow)
            const { failures, struck } = await eachPoint((at) => [{ blow, at }], turn, points)
            task.meta.points = struck
            expect(failures.join('\n'), failures.join('\n')).toBe('')
          },
          ALL_OF_THEM,
        )
      }
    })
  }

  for (const blow of BLOWS.slice(0, 3)) {
    it(`is put aside with a word to the room when it ${blow}, five times`, async () => {
      const { hits, wrong } = await tried(POISON, Array(5).fill({ blow, at: 1, on: MODEL }))
      expect({ hits: hits.length, wrong }).toEqual({ hits: 5, wrong: [] })
    })
  }

  it('is answered after four deaths, and four more after the model was heard', async () => {
    const atModel = Array<Strike>(4).fill({ blow: 'dies after', at: 1, on: MODEL })
    const atPost = Array<Strike>(4).fill({
      blow: 'dies before, rows kept',
      at: 1,
      on: 'POST messages',
    })
    const { hits, wrong } = await tried(TEXT, [...atModel, ...atPost])
    expect({ hits: hits.length, wrong }).toEqual({ hits: 8, wrong: [] })
  })

  it('is taken up again when the platform has given its alarm up', async () => {
    const trial = new Trial(world, [{ blow: 'dies after', at: 1, on: MODEL }])
    const play = async () => {
      world.model.says('Lost.').says('Hello.')
      await trial.says(world.david, 'hello?')
      await trial.ring()
      await trial.losesItsAlarm()
      expect(await trial.alarm()).toBeLessThanOrEqual(Date.now())
    }
    expect(await trial.run({ ...TEXT, play })).toEqual([])
  })

  for (const first of extent === 'all' ? BLOWS : []) {
    for (const second of BLOWS) {
      it(
        `ends once, wherever it ${first}, and then ${second}`,
        async ({ task }) => {
          await tried(TEXT, [])
          const failures: string[] = []
          task.meta.pairs = 0
          for (let at = 1; ; at++) {
            const once = { blow: first, at }
            const pairs = await eachPoint((at) => [once, { blow: second, at }], TEXT)
            task.meta.pairs += pairs.struck
            failures.push(...pairs.failures)
            if (!pairs.hits) break
          }
          expect(failures.join('\n'), failures.join('\n')).toBe('')
        },
        ALL_OF_THEM,
      )
    }
  }

  /** One trial after another, each struck a point later, until a strike finds nothing. */
  async function eachPoint(
    strikesAt: (at: number) => Strike[],
    turn: ScriptedTurn,
    { first, stride } = { first: 1, stride: 1 },
  ) {
    const failures: string[] = []
    for (let [at, struck] = [first, 0]; ; at += stride, struck++) {
      const strikes = strikesAt(at)
      const { hits, wrong } = await tried(turn, strikes)
      failures.push(...wrong.map((what) => `${at}: ${hits.join(', then ')} → ${what}`))
      if (hits.length < strikes.length) return { failures, struck, hits: hits.length }
    }
  }

  async function tried(turn: ScriptedTurn, strikes: Strike[]) {
    const trial = new Trial(world, strikes)
    const wrong = await trial.run(turn)
    return { hits: trial.killer.hits, wrong }
  }
})
