import { ReceiptView } from '../../src/operator/schemas.ts'
import { asksBots } from './bot-page.ts'
import { useBotChanges } from './bots.ts'
import { useWorld } from './world.ts'

export const PIRATE = 'You are a pirate.\nYou say arr.'

async function asksOfRoom(turn: number) {
  return await asksBots(`/../../rooms/1/assistant/turns/${turn}`)
}

/** A bot whose words an operator saves, and what the model is told of them. */
export function useSavedBot() {
  const world = useWorld()
  const change = useBotChanges()

  const systemOf = (at: number) => JSON.stringify(world.model.prompts.at(at)?.system)
  const bytesOfTools = (at: number) => JSON.stringify(world.model.prompts.at(at)?.tools)
  const bytes = (at: number) => JSON.stringify(world.model.prompts.at(at)?.messages)
  /** Without those that follow from its skills. */
  const toolsOf = (at: number) =>
    world.model.prompts
      .at(at)
      ?.tools?.flatMap((tool) => ('name' in tool ? [String(tool.name)] : []))
      .filter((name) => !name.includes('skill'))

  return { world, change, systemOf, bytesOfTools, bytes, toolsOf, savedIn }

  async function savedIn(turn: number) {
    const answer = await asksOfRoom(turn)
    return ReceiptView.parse(await answer.json()).version.saved
  }
}
