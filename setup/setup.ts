import { readFlags } from './flags.ts'
import { setup } from './flow.ts'
import { Refusal } from './refusal.ts'
import { NoAnswer, Terminal } from './terminal.ts'

const flags = readFlags(process.env)
const terminal = new Terminal()
try {
  await setup(terminal, flags)
} catch (error) {
  const isTold = error instanceof Refusal || error instanceof NoAnswer
  console.error(`${isTold ? '✗ ' : ''}${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  terminal.close()
}
