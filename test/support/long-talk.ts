import { useBotChanges } from './bots.ts'
import { useWorld } from './world.ts'

export const DAY = 86_400_000

export const refusal = { message: 'compaction: Extra inputs are not permitted' }

/** A talk that is so long that it is told in short. */
export function useLongTalk() {
  const world = useWorld()
  const change = useBotChanges()
  const bytes = () => JSON.stringify(world.model.prompts.at(-1)?.messages)
  const asked = () => world.model.prompts.filter((body) => 'compaction' in body).length

  return { world, change, talksForLong, bytes, asked }

  /** Seven turns of some 900 tokens; the next one makes it a long session. */
  async function talksForLong() {
    change({ compactAt: 1_000_000, reply: 'whole', fallbackModel: undefined })
    for (let topic = 1; topic <= 7; topic++) {
      world.model.says(`About ${topic}: ${'so it is and was. '.repeat(200)}`)
      await world.asks(world.david, `Topic ${topic}`)
    }
    change({ compactAt: 5_000 })
  }
}
