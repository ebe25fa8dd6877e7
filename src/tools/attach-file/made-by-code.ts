import { kindOf, MIME } from '../../files.ts'
import { safeFileName } from './file-name.ts'
import { forSpreadsheet } from './spreadsheet.ts'

export interface FileToPost {
  name: string
  type: string
  body: string | Uint8Array
}

const TYPES = {
  png: { ending: 'png', others: [] },
  csv: { ending: 'csv', others: ['tsv', 'txt'] },
  pdf: { ending: 'pdf', others: [] },
  xlsx: { ending: 'xlsx', others: ['xlsm'] },
}

/**
 * A file that code has made, as it may be posted: by what is in it, whatever it is called, and under no name of these
 * that are taken. Null: it is of a kind that is not. What is in a table may be anybody's, so it is made as safe to open
 * as one that a tool attaches.
 */
export function madeByCode(made: { name: string; bytes: Uint8Array }, taken: string[]) {
  const { name, bytes } = made
  const kind = kindFor(made)
  if (kind === null) return null
  const body = kind === 'csv' ? forSpreadsheet(textIn(bytes)) : bytes
  return { name: freeName(name, TYPES[kind], taken), type: MIME[kind], body } satisfies FileToPost
}

/** In the room a file is known by its name, so no two of a turn have the same. */
function freeName(name: string, endings: { ending: string; others: string[] }, taken: string[]) {
  const all = new Set(taken)
  for (let number = 1; ; number++) {
    const stem = name.replace(/\.[^.]*$/, '')
    const own = number === 1 ? name : `${stem.slice(0, 60)}-${number}`
    const free = safeFileName(own, endings)
    if (!all.has(free)) return free
  }
}

function kindFor({ name, bytes }: { name: string; bytes: Uint8Array }) {
  const { kind } = kindOf({ bytes: bytes.length, read: (from, to) => bytes.subarray(from, to) })
  // A table of one column looks like any other text.
  if (kind === 'text' && /\.[ct]sv$/i.test(name)) return 'csv'
  return kind in TYPES ? (kind as keyof typeof TYPES) : null
}

function textIn(bytes: Uint8Array) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
