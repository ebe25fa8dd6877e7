import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { ask } from '../http.ts'
import { mostRooms } from '../machine.ts'
import { atRate } from '../rate.ts'
import { short, summaryOf } from '../statistics.ts'

/**
 * How long Campfire waits for us. Every room has a turn open whose model is slow, so that what comes is
 * put beside it; the trivial route is asked before that, when the Worker has nothing else to do.
 */
export const acknowledgement = {
  name: 'acknowledgement',
  title: 'Acknowledgement: deliveries at a fixed rate, while the model is slow',
  async measure({ smoke, open, say }: Bench): Promise<Finding[]> {
    const rooms = smoke ? 20 : mostRooms(200)
    const perSecond = smoke ? 40 : 100
    const seconds = smoke ? 1 : 20
    const world = await open()
    const { worker, model } = world
    const says = (index: number) => world.says(1 + (index % rooms), `Message ${index}`)

    await atRate({ perSecond, seconds: smoke ? 1 : 2 }, (index) =>
      world.turn(1 + (index % rooms), 'Hello'),
    )
    await atRate({ perSecond, seconds: smoke ? 1 : 5 }, () => ask(`${worker.url}/health`))
    const trivial: number[] = []
    await atRate({ perSecond, seconds }, async () => {
      trivial.push((await ask(`${worker.url}/health`)).ms)
    })
    say(`${trivial.length} times the trivial route`)

    model.pace = { firstMs: smoke ? 2_500 : 30_000, pieces: 1, pieceMs: 0 }
    await atRate({ perSecond, seconds: smoke ? 1 : 5 }, says)
    const before = world.trails.size
    await atRate({ perSecond, seconds }, says)
    const measured = [...world.trails.values()].slice(before)
    say(`${measured.length} deliveries`)
    model.pace = { firstMs: 0, pieces: 1, pieceMs: 0 }
    await world.allAnswered(90_000)

    const all = [...world.trails.values()]
    const [plain, ours] = [summaryOf(trivial), summaryOf(measured.map(({ ackMs }) => ackMs))]
    return [
      told('rooms, as the limit of open files allows', `${rooms}`),
      exactly('acknowledged (204)', all.filter(({ status }) => status === 204).length, all.length),
      exactly('answered, once', all.filter(({ answers }) => answers === 1).length, all.length),
      told('the trivial route', `p50 ${short(plain.median)} ms, p99 ${short(plain.p99)} ms`, {
        ...plain,
      }),
      atMost('p50 against the trivial route', ours.median / plain.median, 5, {
        unit: ' ×',
        found: `${short(ours.median)} ms, ${short(ours.median / plain.median)} ×`,
        numbers: { ...ours },
      }),
      atMost('p99', ours.p99, 250, { unit: ' ms' }),
      atMost('slowest', ours.max, 1_000, { unit: ' ms' }),
    ]
  },
}
