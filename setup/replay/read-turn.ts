import { readFileSync } from 'node:fs'
import { Recording } from '../../src/receipt/recording.ts'
import { Refusal } from '../refusal.ts'

const TRY = "Save it on the turn's page, or from GET /rooms/:room/:bot/turns/:turn/replay."

/** The turn that was saved there; else a refusal that says what is wrong with the file. */
export function readTurn(path: string): Recording {
  const saved = parsed(path, textOf(path))
  const recording = Recording.safeParse(saved)
  if (recording.success) return recording.data
  throw new Refusal(whyNot(path, saved))
}

function textOf(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Refusal(whyUnread(path, (error as NodeJS.ErrnoException).code))
  }
}

function whyUnread(path: string, code: string | undefined) {
  if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no file ${path}.`
  if (code === 'EISDIR') return `${path} is a folder, and not a file.`
  if (code === 'EACCES' || code === 'EPERM') return `You may not read ${path}.`
  return `${path} cannot be read (${code}).`
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(`${path} is not JSON, or only a part of it. ${TRY}`)
  }
}

function whyNot(path: string, saved: unknown) {
  const { error, format, version } = Object(saved) as Record<string, unknown>
  if (typeof error === 'string') return `${path} holds what was refused, and no turn: ${error}`
  if (format !== 'firekeeper-turn') return `${path} is no recorded turn. ${TRY}`
  if (version !== 1)
    return `${path} is a turn of version ${version}, and only version 1 is known here.`
  return `${path} is a recorded turn with something missing. ${TRY}`
}
