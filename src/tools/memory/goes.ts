import type { ToolContext } from '../context.ts'
import type { MemoryInput } from './input.ts'

/**
 * What is remembered about a person is named to nobody else, so nothing of it is named. What is always said is said at
 * the start of every conversation here.
 */
export function goes({ action, of, ...input }: MemoryInput, { pins }: ToolContext) {
  const { number, fact, always } = input
  if (action === 'recall') return null
  if (of === 'me') return action === 'forget' || number !== undefined ? [] : null
  const before = number === undefined ? null : pins.find(number)
  const isLost = before !== null && (action === 'forget' || fact !== undefined)
  if (isLost) return [before.fact]
  return action === 'remember' && always ? [] : null
}
