import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { atRate } from '../rate.ts'
import { short } from '../statistics.ts'
import { answeredIn, type World } from '../world.ts'

/** One room where ten people ask more than the model can answer one by one: what piles up is taken together. */
export const busyRoom = {
  name: 'busy-room',
  title: 'One busy room: 100 messages in a minute from 10 people, model 1 s',
  async measure({ smoke, open, say }: Bench): Promise<Finding[]> {
    const people = smoke ? 4 : 10
    const messages = smoke ? 16 : 100
    const seconds = smoke ? 4 : 60
    const world = await open()
    world.model.pace = { firstMs: smoke ? 100 : 500, pieces: 5, pieceMs: smoke ? 20 : 100 }
    say(`${messages} messages in ${seconds} s`)
    // Nobody waits for the next: who speaks comes round, as each hears the others.
    await atRate({ perSecond: messages / seconds, seconds }, (index) =>
      world.says(1, `Question ${index}`, { author: 11 + ((index * 7) % people), direct: false }),
    )
    const last = performance.now()
    await world.allAnswered(60_000)

    const all = [...world.trails.values()]
    const gone = Math.max(...all.map(({ posted }) => posted)) - last
    const waited = all.map(({ sent, posted }) => posted - sent)
    return [
      exactly('acknowledged (204)', all.filter(({ status }) => status === 204).length, messages),
      exactly('answered, once', all.filter(({ answers }) => answers === 1).length, messages),
      exactly('answered in the order in which each spoke', inOrder(world), messages),
      atMost('the backlog is gone after the last message', gone / 1_000, 30, { unit: ' s' }),
      told('turns that it took', `${world.campfire.posts.length}`),
      told('the longest that anybody waited', `${short(Math.max(...waited) / 1_000)} s`),
    ]
  },
}

/** How many messages were answered no earlier than what the same person said before them. */
function inOrder({ trails, campfire }: World) {
  const newest = new Map<number, number>()
  const order = campfire.posts.toSorted((a, b) => a.id - b.id)
  return order
    .flatMap(({ text }) => answeredIn(text))
    .filter((id) => {
      const author = trails.get(id)?.author ?? 0
      const before = newest.get(author) ?? 0
      newest.set(author, Math.max(id, before))
      return id > before
    }).length
}
