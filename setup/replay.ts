import { commandLine, misused } from './command-line.ts'
import { Refusal } from './refusal.ts'
import { differences } from './replay/compare.ts'
import { play } from './replay/play.ts'
import { readTurn } from './replay/read-turn.ts'
import { storageHere } from './replay/sqlite.ts'

const HELP = `npm run replay -- FILE: plays a turn again against the code of today, with what the model and its tools said
then, and tells where it acts differently. The file is what GET /rooms/:room/:bot/turns/:turn/replay gives, and what
"Save it, to play it again" on a turn's page saves. Nothing is sent to anybody. Ends with 1 if anything is different.`
const [path, ...more] = commandLine(HELP, { allowPositionals: true }).positionals
if (!path) misused(HELP, 'Which file?')
if (more.length) misused(HELP, 'One file at a time.')

try {
  const told = await playedAgain(path)
  for (const one of told) console.log(`≠ ${one}`)
  console.log(told.length ? `\n${inNumbers(told.length)}.` : '= It acts as it did.')
  process.exitCode = told.length ? 1 : 0
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function playedAgain(path: string) {
  const recording = readTurn(path)
  const log = console.log
  console.log = () => {}
  try {
    return differences(recording, await play(recording, storageHere()))
  } finally {
    console.log = log
  }
}

function inNumbers(count: number) {
  return count === 1 ? '1 difference' : `${count} differences`
}
