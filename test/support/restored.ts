import { useWorld } from './world.ts'

const MINUTE = 60_000

/** A room that had a day, and then has its Campfire of that morning back. */
export function useBackup() {
  const world = useWorld()

  return { world, hadADay, listsNothing, restore }

  /** Five questions, one of them before the backup. */
  async function hadADay() {
    for (const answer of ['One.', 'Two.', 'Three.', 'Four.', 'Five.']) world.model.says(answer)
    await world.asks(world.david, 'one')
    const backup = world.campfire.messages.lastIds.lastMessageId
    for (const words of ['two', 'three', 'four', 'five']) await world.asks(world.david, words)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
    return backup
  }

  /** But for the newest page. */
  function listsNothing() {
    world.fault = async ({ method, url }) =>
      method === 'GET' && url.includes('?') ? new Response('', { status: 502 }) : undefined
  }

  function restore(last: number) {
    const { messages } = world.campfire
    messages.restore(last)
  }
}
