import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BLOWS, type Blow } from './crash/killer.ts'
import { pointsOf } from './crash/points.ts'
import { Trial } from './crash/trial.ts'
import type { ScriptedTurn } from './kinds/killed.ts'
import { KILLED_TURNS } from './kinds.ts'
import { useBotChanges } from './support/bots.ts'
import { extent } from './support/extent.ts'
import { pace } from './support/worker.ts'
import { useWorld } from './support/world.ts'

const ALL_OF_THEM = 120_000
const FEW: Blow[] = ['dies before, rows lost', 'dies after']

/** Those of which every word of the model is known before anything is said. */
const KINDS = [
  'a text',
  'a reply that grows',
  'a split reply',
  'an answer that is a file',
  'a tool that attaches a file',
  'a tool that needs a yes',
  'a model that is overloaded, twice',
  'a session that expired',
  'help',
]

describe('a turn that begins as its message arrives, and not by an alarm', () => {
  const world = useWorld()
  const assistant = useBotChanges()
  beforeEach(() => {
    pace.beginsAtOnce = true
  })
  afterEach(() => {
    pace.beginsAtOnce = false
  })

  it.each(KINDS)('ends well when nothing happens to it: %s', async (what) => {
    expect(await tried(kind(what), null, 0)).toEqual({ hits: 0, wrong: [] })
  })

  for (const blow of extent === 'some' ? FEW : BLOWS) {
    it.each(KINDS)(
      `ends once, wherever it ${blow}: %s`,
      async (what) => {
        const turn = kind(what)
        const failures: string[] = []
        const { first, stride } = pointsOf(turn, blow)
        for (let at = first; blow !== turn.sparedFrom; at += stride) {
          const { hits, wrong } = await tried(turn, blow, at)
          failures.push(...wrong.map((one) => `${at}: ${one}`))
          if (!hits) break
        }
        expect(failures.join('\n'), failures.join('\n')).toBe('')
      },
      ALL_OF_THEM,
    )
  }

  async function tried(turn: ScriptedTurn, blow: Blow | null, at: number) {
    assistant(turn.bot ?? {})
    const trial = new Trial(world, blow ? [{ blow, at }] : [])
    const wrong = await trial.run(turn)
    const { hits } = trial.killer
    return { hits: hits.length, wrong: wrong.map((one) => `${hits.join(', ')} → ${one}`) }
  }
})

function kind(what: string) {
  const turn = KILLED_TURNS.find((one) => one.what === what)
  if (!turn) throw new Error(`There is no turn ${what}`)
  return turn
}
