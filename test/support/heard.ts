import type { World } from './world.ts'

/** What the model last heard in its n-th call; without one, in the newest. */
export function read({ model }: World, n = model.prompts.length - 1) {
  const { content } = model.prompts[n]?.messages.at(-1) ?? {}
  const blocks = typeof content === 'string' ? [{ text: content }] : (content ?? [])
  return blocks.map((block) => ('text' in block ? String(block.text) : '')).join('\n')
}

/** The requests of this kind that Campfire gets from now on. */
export function counts(world: World, method: string) {
  const seen: string[] = []
  world.fault = async (request, when) => {
    const { origin } = new URL(request.url)
    if (when === 'before' && request.method === method && origin === world.campfire.origin) {
      seen.push(request.url)
    }
    return undefined
  }
  return seen
}
