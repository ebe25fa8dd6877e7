import { load } from '../vendor.ts'
import { checkStreams } from './pdf/streams.ts'
import { type Source, Unreadable } from './source.ts'

/** Its text; longer ones the model looks at as they are. */
const MOST_BYTES = 5_000_000
const MOST_PAGES_AT_ONCE = 20
/** So many characters of a page are read. */
const LONGEST_PAGE = 20_000

export interface Pages {
  /** How many there are. */
  count: number
  pages: { number: number; text: string }[]
}

/** The text of some pages. Nothing is drawn, and nothing that is in it runs. */
export async function pagesOf(
  source: Source,
  wanted: [number, number],
  signal?: AbortSignal,
): Promise<Pages> {
  if (source.bytes > MOST_BYTES) {
    const [has, may] = [source.bytes, MOST_BYTES].map((bytes) => Math.ceil(bytes / 1_000_000))
    throw new Unreadable(`The text of a PDF of ${has} MB is not read; at most ${may} MB are.`)
  }
  // Whoever reads it takes it away.
  const data = source.read(0, source.bytes).slice()
  checkStreams(data)
  const { getDocumentProxy } = await load('unpdf')
  const document = await getDocumentProxy(data, OPTIONS).catch((error) => {
    throw new Unreadable(/password/i.test(String(error)) ? LOCKED : BROKEN)
  })
  try {
    const count = document.numPages
    const [from, to] = [wanted[0], Math.min(wanted[1], count, wanted[0] + MOST_PAGES_AT_ONCE - 1)]
    if (from > count) throw new Unreadable(`The PDF has ${count} pages; there is no page ${from}.`)
    const pages: Pages['pages'] = []
    for (let number = from; number <= to; number++) {
      if (signal?.aborted) break
      pages.push({ number, text: await textOf(document, number) })
    }
    return { count, pages }
  } finally {
    await document.loadingTask.destroy()
  }
}

const OPTIONS = {
  isEvalSupported: false,
  disableFontFace: true,
  useSystemFonts: false,
  enableXfa: false,
  stopAtErrors: false,
  maxImageSize: 1,
  verbosity: 0,
}

const LOCKED = 'The PDF has a password. Nothing of it can be read.'
const BROKEN = 'The PDF is broken: it cannot be read.'

type Document = Awaited<ReturnType<Awaited<ReturnType<typeof load<'unpdf'>>>['getDocumentProxy']>>

/** No more of a page is worked out than is read: a form in it may stand for a thousand others. */
async function textOf(document: Document, number: number) {
  let text = ''
  try {
    const page = await document.getPage(number)
    const reader = page.streamTextContent().getReader()
    while (text.length <= LONGEST_PAGE) {
      const { value, done } = await reader.read()
      if (done) break
      const { items } = value as TextContent
      for (const item of items) if ('str' in item) text += item.str + (item.hasEOL ? '\n' : '')
    }
    await reader.cancel(new Error('enough'))
    page.cleanup()
  } catch {
    if (!text) return '(This page is broken.)'
  }
  const flat = text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return flat.length > LONGEST_PAGE ? `${flat.slice(0, LONGEST_PAGE).toWellFormed()}…` : flat
}

interface TextContent {
  items: ({ str: string; hasEOL: boolean } | { type: string })[]
}
