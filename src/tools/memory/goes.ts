import type { ToolContext } from '../context.ts'
import type { MemoryInput } from './input.ts'
import { isOneOfAKind } from './me.ts'

/**
 * What is remembered about a person is named to nobody else, so nothing of it is named. What is always said is said at
 * the start of every conversation here.
 */
export function goes({ action, of, ...input }: MemoryInput, { pins }: ToolContext) {
  const { number, fact, always } = input
  if (action === 'recall') return null
  const isRemembered = action === 'remember' && fact !== undefined
  if (of === 'me') {
    const isInPlace = number !== undefined || (isRemembered && isOneOfAKind(fact))
    return action === 'forget' || isInPlace ? [] : null
  }
  const spelledOther = isRemembered ? pins.spelledOther(fact) : null
  const before = number === undefined ? spelledOther : pins.find(number)
  const isLost = before !== null && (action === 'forget' || isRemembered)
  if (isLost) return [before.fact]
  return action === 'remember' && always ? [] : null
}
