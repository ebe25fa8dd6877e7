import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const PROGRAM = new URL('../../bench/cost.ts', import.meta.url).pathname

async function cost(...flags: string[]) {
  const { stdout } = await run(process.execPath, [PROGRAM, ...flags])
  return stdout
}

it('tells what a month costs, tokens and platform apart', async () => {
  const told = await cost()
  for (const messages of ['10 a day', '1000 a day', '100000 a day'])
    expect(told).toContain(messages)
})

it('counts a first question by the prices: the prompt is written to the cache, the answer is paid', async () => {
  const told = await cost('--turns', '1', '--steps', '1', '--words', '1000', '--answer', '100')
  const head = Number(/: (\d+) tokens/.exec(told)?.[1])
  const dollars = Number(/instructions, \$([\d.]+)/.exec(told)?.[1])
  expect(dollars).toBeCloseTo(((head + 1_000) * 2 * 1.25 + 100 * 10) / 1e6, 4)
})

it('says what it has no price for', async () => {
  await expect(cost('--model', 'claude-unheard-of')).rejects.toThrow('No price is known')
})
