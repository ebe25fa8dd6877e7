import { type Size, sizeOf } from './image-size.ts'
import { textKindOf } from './text-kind.ts'

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
export type FileKind = (typeof KINDS)[number]

export interface Content {
  kind: FileKind
  /** What it is, where we cannot read it. */
  what: string | null
  width: number | null
  height: number | null
  sha256: string
  /** Of a PDF that can be shown. */
  pages: number | null
}

interface Source {
  bytes: number
  read(from: number, to: number): Uint8Array
}

/** Headers of images may stand behind long descriptions. */
const HEAD = 500_000
/** The list of what is in an archive stands at its end. */
const TAIL = 300_000

/** What a file is by what is in it: names are given by people, and endings lie. */
export function contentOf({ bytes, read }: Source): Omit<Content, 'sha256' | 'pages'> {
  const head = read(0, Math.min(bytes, HEAD))
  const image = imageIn(head)
  if (image) return { what: null, ...image }

  const tail = () => new TextDecoder('latin1').decode(read(Math.max(0, bytes - TAIL), bytes))
  const found = documentIn(head, tail) ?? binaryIn(head) ?? textKindOf(head, bytes)
  const [kind, what] = typeof found === 'string' ? [found, null] : ['other' as const, found.what]
  return { kind, what, width: null, height: null }
}

function imageIn(head: Uint8Array): ({ kind: FileKind } & Size) | null {
  const start = latin1(head.subarray(0, 16))
  const kind = IMAGES.find(([, sign]) => sign.test(start))?.[0]
  const size = kind && sizeOf(kind, head)
  return kind && size ? { kind, ...size } : null
}

const IMAGES = [
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['jpeg', /^\xff\xd8\xff/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF[\s\S]{4}WEBP/],
] as const

function documentIn(head: Uint8Array, tail: () => string): FileKind | { what: string } | null {
  const start = latin1(head.subarray(0, 1_024))
  if (/%PDF-\d/.test(start)) return 'pdf'
  if (!start.startsWith('PK\x03\x04')) return null

  const entries = tail()
  if (entries.includes('xl/workbook.xml')) return 'xlsx'
  if (entries.includes('word/document.xml')) return 'docx'
  if (entries.includes('xl/workbook.bin')) return { what: 'binary Excel workbook' }
  if (entries.includes('ppt/presentation.xml')) return { what: 'PowerPoint presentation' }
  if (start.includes('mimetypeapplication/vnd.oasis')) return { what: 'OpenDocument file' }
  if (start.includes('mimetypeapplication/epub')) return { what: 'EPUB book' }
  return { what: 'zip archive' }
}

function binaryIn(head: Uint8Array): { what: string } | null {
  const start = latin1(head.subarray(0, 512))
  const [, what] = BINARIES.find(([sign]) => sign.test(start)) ?? []
  return what ? { what } : null
}

const BINARIES: [RegExp, string][] = [
  [/^(\x89PNG|\xff\xd8\xff|GIF8|RIFF[\s\S]{4}WEBP)/, 'damaged image'],
  [/^[\s\S]{4}ftyp(hei[cfmsx]|mif1|msf1)/, 'HEIC image'],
  [/^[\s\S]{4}ftypavi[fs]/, 'AVIF image'],
  [/^[\s\S]{4}ftypM4A/, 'audio recording'],
  [/^[\s\S]{4}ftyp/, 'video'],
  [/^\x1aE\xdf\xa3/, 'video'],
  [/^RIFF[\s\S]{4}AVI /, 'video'],
  [/^(ID3|OggS|fLaC|\xff[\xf2\xf3\xfb]|RIFF[\s\S]{4}WAVE)/, 'audio recording'],
  [/^(II\*\0|MM\0\*)/, 'TIFF image'],
  [/^BM[\s\S]{4}\0\0\0\0/, 'BMP image'],
  [/^\0\0\x01\0/, 'icon'],
  [/^\xd0\xcf\x11\xe0/, 'old Office document'],
  [/^\{\\rtf/, 'RTF document'],
  [/^PK/, 'zip archive'],
  [/^(\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd)/, 'compressed archive'],
  [/^SQLite format 3/, 'SQLite database'],
  [/^(MZ|\x7fELF|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/, 'program'],
]

/** Byte for byte: the decoder of that name makes other signs of some. Of beginnings only. */
function latin1(bytes: Uint8Array) {
  return String.fromCharCode(...bytes)
}
