import { PromptCache } from '../../test/support/model/cache.ts'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { short } from '../statistics.ts'
import { idsIn, type World } from '../world.ts'

const LONG = 'It depends on what was said before, and on who asks. '.repeat(50)

/**
 * A long conversation with tools, told in short once on the way. What the model was sent is counted by
 * a stand-in for the prompt cache that has the API's rules: the same bytes from the start, found from
 * a breakpoint at most 20 blocks back. Minutes between two turns are not counted here.
 */
export const tokens = {
  name: 'tokens',
  title: 'Tokens: what could be read from the prompt cache, and is',
  async measure({ smoke, open, say }: Bench): Promise<Finding[]> {
    const world = await open()
    const turns = smoke ? 10 : 120
    await world.worker.answersWhole([1])
    speakWithTools(world)
    for (let turn = 1; turn <= turns; turn++) {
      if (turn % 30 === 0) await world.worker.evict([1])
      await world.turn(1, `Question ${turn}: what about it?`)
    }
    await world.isQuiet()
    say(`${turns} turns, ${world.model.calls.length} calls`)

    const { could, read, misses } = readFromCache(world)
    const answered = [...world.trails.values()].filter(({ answers }) => answers === 1)
    return [
      exactly('answered, once', answered.length, turns),
      told('told in short on the way', `${world.model.compactions} times`),
      exactly(
        'calls that missed it, but for the one after a compaction',
        Math.max(0, misses - world.model.compactions),
        0,
      ),
      told('input tokens that could be read from the cache', short(could)),
      atMost('of them not read', 1 - read / could, 0.05, {
        found: `${((100 * read) / could).toFixed(1)} % are read`,
      }),
    ]
  },
}

/** Every fourth turn reads the room first. */
function speakWithTools({ model }: World) {
  let asked: number[] = []
  let turn = 0
  model.speak = (call) => {
    const ids = idsIn(call)
    if (!ids.length) return `Answer to ${asked.join(', ')}. I have read it.`
    asked = ids
    if (++turn % 4 === 0) return { uses: [{ name: 'read_messages', input: { count: 5 } }] }
    return `Answer to ${asked.join(', ')}. ${LONG}`
  }
}

function readFromCache({ model }: World) {
  const cache = new PromptCache()
  let [before, could, read, misses] = [0, 0, 0, 0]
  for (const { body } of model.calls) {
    const usage = cache.usageOf(body, '')
    const cached = usage.cache_read_input_tokens ?? 0
    could += before
    read += Math.min(cached, before)
    if (cached < before) misses++
    before = usage.input_tokens + cached + (usage.cache_creation_input_tokens ?? 0)
  }
  return { could, read, misses }
}
