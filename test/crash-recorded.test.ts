import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { Recording } from '../src/receipt/recording.ts'
import type { Blow } from './crash/killer.ts'
import { scriptedFrom } from './crash/recorded.ts'
import { Trial } from './crash/trial.ts'
import { useBotChanges } from './support/bots.ts'
import { extent } from './support/extent.ts'
import { useWorld } from './support/world.ts'

/** Both, where there is time. */
const BLOWS: Blow[] = extent === 'some' ? ['dies after'] : ['dies before, rows lost', 'dies after']
const ALL_OF_THEM = 60_000

const world = useWorld()
const assistant = useBotChanges()

it(
  'a turn from a replay file ends as it did, wherever it is killed',
  async () => {
    assistant({ reply: 'whole' })
    const said = 'did <anybody> speak of otters?'
    world.model.uses('search_conversation', { words: 'otters' }).says('Nobody did, & nobody will.')
    await world.asks(world.david, said)
    const turn = scriptedFrom(Recording.parse(await replayOf(1)))

    expect(await tried(null, 0)).toEqual({ hits: 0, wrong: [] })
    for (const blow of BLOWS) {
      let at = 1
      for (let hits = 1; hits; at++) {
        const came = await tried(blow, at)
        expect({ blow, at, wrong: came.wrong }).toEqual({ blow, at, wrong: [] })
        hits = came.hits
      }
      expect(at).toBeGreaterThan(5)
    }
    expect(JSON.stringify(world.model.prompts.at(-1)?.messages)).toContain('speak of otters')

    async function tried(blow: Blow | null, at: number) {
      const trial = new Trial(world, blow ? [{ blow, at }] : [])
      const wrong = await trial.run(turn)
      return { hits: trial.killer.hits.length, wrong }
    }
  },
  ALL_OF_THEM,
)

async function replayOf(turn: number) {
  const url = `https://firekeeper.example.com/rooms/1/assistant/turns/${turn}/replay`
  const answer = await exports.default.fetch(url, { headers: { authorization: 'Bearer letmein' } })
  expect(answer.status).toBe(200)
  return await answer.json()
}
