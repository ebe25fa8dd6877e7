import { expect, it } from 'vitest'
import { Broken, inflateRaw } from '../../src/files/inflate.ts'

/** Blocks in which nothing stands, by the fixed tables: ten bits each, and the last one says so. */
function empty(blocks: number) {
  const bits = Array.from({ length: blocks }, (_, at) => [
    at === blocks - 1 ? 1 : 0,
    ...[1, 0],
    ...Array<number>(7).fill(0),
  ]).flat()
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  for (const [at, bit] of bits.entries()) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bit << (at & 7))
  return bytes
}

it('takes a few blocks that bring nothing', () => {
  expect([...inflateRaw([empty(10)].values())]).toEqual([])
})

it('lays out no tables without end for what brings nothing', () => {
  expect(() => [...inflateRaw([empty(2_000)].values())]).toThrow(Broken)
})
