import { expect, vi } from 'vitest'
import type { World } from './world.ts'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND

/** Kevin says something that matters, and then people go on. */
export async function talk(world: World, count: number, text: string) {
  const ids: number[] = []
  for (let n = 0; n < count; n++) {
    vi.setSystemTime(Date.now() + SECOND)
    ids.push(
      await world.posts(n % 2 ? world.jason : world.kevin, { text: n ? `aside ${n}` : text }),
    )
  }
  return ids
}

export async function indexed(world: World) {
  await finds(world, 'anything')
  await world.passesBy(2 * MINUTE)
}

interface Found {
  found: { id: number; text: string }[]
  notes?: string[]
}

/** What the model is given. */
export async function finds(
  world: World,
  words: string,
  question = 'search, please',
): Promise<Found> {
  world.model.uses('search_conversation', { words }).says('There.')
  await world.asks(world.david, question)
  const [row] = await world.rows(
    'SELECT result FROM tool_uses ORDER BY turn DESC, step DESC LIMIT 1',
  )
  const { error, result } = JSON.parse(String(row?.result))
  expect(error).toBeUndefined()
  return result
}

export async function kept(world: World) {
  return await world.rows('SELECT text FROM said WHERE overheard = 1')
}

export async function progress(world: World) {
  return await world.room().overview()
}
