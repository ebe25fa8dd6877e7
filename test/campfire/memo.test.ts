import { expect, it, vi } from 'vitest'
import { memo } from '../../src/campfire/text/memo.ts'

it('reads the same text once, and for each reader anew', () => {
  const read = vi.fn((text: string, self: number) => ({ text, self }))
  const reads = memo(read)

  expect(reads('hello', 3)).toEqual({ text: 'hello', self: 3 })
  expect(reads('hello', 3)).toBe(reads('hello', 3))
  expect(reads('hello', 7)).toEqual({ text: 'hello', self: 7 })
  expect(read).toHaveBeenCalledTimes(2)
})

it('keeps no more than so many characters, and nothing that is long', () => {
  const read = vi.fn((text: string) => text.length)
  const reads = memo(read)
  for (let number = 0; number < 300; number++) reads(`${number}`.padEnd(1_000, 'x'), 3)
  reads('x'.repeat(4_001), 3)
  expect(read).toHaveBeenCalledTimes(301)

  // The newest is known, the first was let go of, and the long one was never kept.
  reads('299'.padEnd(1_000, 'x'), 3)
  expect(read).toHaveBeenCalledTimes(301)
  reads('0'.padEnd(1_000, 'x'), 3)
  reads('x'.repeat(4_001), 3)
  expect(read).toHaveBeenCalledTimes(303)
})
