import { describe, expect, it } from 'vitest'
import { deliver } from './contract/deliveries.ts'
import { type Played, play } from './contract/play.ts'
import { type Exchange, RECORDINGS } from './contract/recording.ts'
import { RecordedTown } from './contract/town.ts'

/** In shared/captures. One of each is asked of a server that is down. */
const RECORDED = {
  rails: { recorded: 223, played: 222, delivered: 48 },
  'v1.4.9': { recorded: 200, played: 199, delivered: 48 },
}

/**
 * What running Campfires were asked and answered, played against ours. All of it is played in its
 * order, since everything finds what came before it; then each is looked at for itself.
 */
describe.each(['rails', 'v1.4.9'] as const)('our Campfire of the dialect %s', async (dialect) => {
  const { exchanges, webhooks } = RECORDINGS[dialect]
  const town = new RecordedTown(dialect)
  const first = exchanges.slice(0, exchanges.findIndex(isDown))
  const last = exchanges.slice(first.length + 1)

  const before = await played(first)
  await town.forgets()
  const delivered: Awaited<ReturnType<typeof deliver>>[] = []
  for (const webhook of webhooks) delivered.push(await deliver(town, webhook))
  const after = await played(last)

  it('is asked all that was recorded, but for a server that is down', () => {
    const one = { recorded: exchanges.length, played: before.length + after.length }
    expect({ ...one, delivered: delivered.length }).toEqual(RECORDED[dialect])
  })

  it.each([...before, ...after])('answers: $what', ({ ours, recorded }) => {
    expect(ours).toEqual(recorded)
  })

  it.each(webhooks.map(({ what }, n) => ({ what, n })))('delivers: $what', ({ n }) => {
    const { ours, recorded } = delivered[n] ?? expect.fail()
    expect(ours).toEqual(recorded)
  })

  async function played(some: Exchange[]) {
    const all: (Played & { what: string })[] = []
    for (const exchange of some) all.push({ what: exchange.what, ...(await play(town, exchange)) })
    return all
  }
})

/** A server that is down answers nothing, so there is nothing to be alike in. */
function isDown({ response }: Exchange) {
  return response.status === undefined
}
