import { beginningOf, charsetOf, SAMPLE } from './charset.ts'
import { pictureIn } from './picture.ts'
import { separatorIn } from './separator.ts'
import type { Source } from './source.ts'
import { entriesIn } from './zip.ts'

/** Text that is no page, table or JSON is `text`: code, Markdown, plain. */
export const KINDS = [
  'png',
  'jpeg',
  'webp',
  'gif',
  'pdf',
  'xlsx',
  'docx',
  'csv',
  'json',
  'html',
  'text',
  'other',
] as const
export type Kind = (typeof KINDS)[number]

export const MIME: Record<Kind, string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
  text: 'text/plain',
  other: 'application/octet-stream',
}

export interface Sort {
  kind: Kind
  /** Of `other`, in English: what it is. */
  what: string | null
  /** Of a picture, as its header says. */
  width: number | null
  height: number | null
}

/**
 * What a file is, by what is in it: its name says what somebody wants it to be. Asked once, when it has come: what
 * people are told, what the model is shown and what tools read go by the same answer.
 */
export function kindOf(source: Source): Sort {
  if (source.bytes === 0) return other('empty file')
  const picture = pictureIn(source)
  if (picture) return { ...picture, what: null }
  const head = source.read(0, 1_024)
  const signs = Array.from(head, (byte) => String.fromCharCode(byte)).join('')
  if (/%PDF-\d/.test(signs)) return sort('pdf')
  if (/^PK(\x03\x04|\x05\x06)/.test(signs)) return zipped(source)
  if (signs.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return other(oldOffice(source))
  const known = SIGNS.find(([sign]) => sign.test(signs))
  if (known) return other(known[1])
  return written(source)
}

function zipped(source: Source): Sort {
  const entries = entriesIn(source)
  if (!entries) return other('broken zip archive')
  if (entries.has('xl/workbook.xml')) return sort('xlsx')
  if (entries.has('word/document.xml')) return sort('docx')
  if ([...entries.values()].some(({ isLocked }) => isLocked))
    return other('zip archive with a password')
  return other(PARTS.find(([part]) => entries.has(part))?.[1] ?? 'zip archive')
}

const PARTS = [
  ['ppt/presentation.xml', 'PowerPoint presentation'],
  ['xl/workbook.bin', 'binary Excel workbook (.xlsb)'],
  ['META-INF/container.xml', 'e-book'],
  ['META-INF/manifest.xml', 'OpenDocument file'],
  ['META-INF/MANIFEST.MF', 'Java archive'],
  ['AndroidManifest.xml', 'Android app'],
] as const

/** The old container of Office; the new one goes into it where it has a password. */
function oldOffice(source: Source) {
  const ends = [
    source.read(0, 65_536),
    source.read(Math.max(0, source.bytes - 65_536), source.bytes),
  ]
  const text = ends.map((end) => new TextDecoder('utf-16le').decode(end)).join('')
  if (text.includes('EncryptedPackage')) return 'Office file with a password'
  if (/Workbook|\bBook\b/.test(text)) return 'old Excel workbook (.xls)'
  if (text.includes('WordDocument')) return 'old Word document (.doc)'
  if (text.includes('PowerPoint Document')) return 'old PowerPoint presentation (.ppt)'
  return 'file of an old Office program'
}

const SIGNS: [RegExp, string][] = [
  [/^(\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP)/s, 'damaged image'],
  [/^....ftyp(he[iv][cfmsx]|mif1|msf1)/s, 'HEIC image'],
  [/^....ftypavi[fs]/s, 'AVIF image'],
  [/^....ftypM4A/s, 'audio recording'],
  [/^....ftyp/s, 'video'],
  [/^(II\*\0|MM\0\*)/, 'TIFF image'],
  [/^BM....\0\0\0\0/s, 'BMP image'],
  [/^\0\0\x01\0/, 'icon'],
  [/^\{\\rtf/, 'RTF document'],
  [/^%!PS/, 'PostScript file'],
  [/^\x1f\x8b/, 'gzip archive'],
  [/^(7z\xbc\xaf|Rar!|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd)/, 'archive'],
  [/^(ID3|\xff[\xfb\xf3\xf2]|OggS|fLaC|RIFF....WAVE)/s, 'audio recording'],
  [/^(\x1a\x45\xdf\xa3|RIFF....AVI )/s, 'video'],
  [/^(MZ|\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/, 'program'],
  [/^SQLite format 3/, 'SQLite database'],
]

const LONGEST_JSON = 2_000_000

function written(source: Source): Sort {
  const charset = charsetOf(source)
  if (!charset) return other('binary file')
  const beginning = beginningOf(source, charset).replace(/^\ufeff/, '')
  if (isPage(beginning)) return sort('html')
  const isJson = source.bytes <= LONGEST_JSON && /^\s*[[{]/.test(beginning)
  if (isJson && parses(beginningOf(source, charset, source.bytes))) return sort('json')
  if (separatorIn(beginning, source.bytes <= SAMPLE)) return sort('csv')
  return sort('text')
}

/** Of what may stand before it only so much is looked at: a text of nothing but openings would take minutes. */
const LONGEST_PREAMBLE = 4_000

function isPage(text: string) {
  const start = text.slice(0, LONGEST_PREAMBLE).replace(/<!--[\s\S]*?-->|<\?[^>]*>/g, '')
  return /^\s*<(!doctype html|html|head|body)\b/i.test(start)
}

function parses(text: string) {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''))
    return true
  } catch {
    return false
  }
}

function sort(kind: Kind): Sort {
  return { kind, what: null, width: null, height: null }
}

function other(what: string): Sort {
  return { ...sort('other'), what }
}
