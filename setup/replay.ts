import { readFileSync } from 'node:fs'
import { Recording } from '../src/receipt/recording.ts'
import { commandLine, misused } from './command-line.ts'
import { differences } from './replay/compare.ts'
import { play } from './replay/play.ts'
import { storageHere } from './replay/sqlite.ts'

const HELP = `npm run replay -- FILE: plays a turn again against the code of today, with what the model and its tools said
then, and tells where it acts differently. The file is what GET /rooms/:room/:bot/turns/:turn/replay gives, and what
"Save it, to play it again" on a turn's page saves. Nothing is sent to anybody. Ends with 1 if anything is different.`
const [path, ...more] = commandLine(HELP, { allowPositionals: true }).positionals
if (more.length) misused(HELP, 'One file at a time.')
const file = path ? read(path) : null
const recording = Recording.safeParse(file)

if (!path) stop('Which file? npm run replay -- FILE, with what …/turns/:turn/replay gave.')
else if (!recording.success) stop(`${path} is no recorded turn, or one of another version.`)
else {
  const quiet = console.log
  console.log = () => {}
  const told = differences(recording.data, await play(recording.data, storageHere()))
  console.log = quiet
  for (const one of told) console.log(`≠ ${one}`)
  console.log(told.length ? `\n${told.length} differences.` : '= It acts as it did.')
  process.exitCode = told.length ? 1 : 0
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

function stop(why: string) {
  console.error(why)
  process.exitCode = 2
}
