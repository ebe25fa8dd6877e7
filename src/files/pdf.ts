import { afterwards, withDeadline } from '../clock.ts'
import { checkStreams } from './pdf/streams.ts'
import { type Source, Unreadable } from './source.ts'

/** No larger one is opened, be it to show it or to read it. */
export const MOST_BYTES_OF_A_PDF = 8_000_000
const MOST_PAGES_AT_ONCE = 20
/** So many characters of a page are read. */
const LONGEST_PAGE = 20_000
/** In ms. What there is by then is what they get; the others can be asked for. */
const LONGEST_READING = 20_000

export interface Pages {
  /** How many there are. */
  count: number
  pages: { number: number; text: string }[]
}

/** How many pages it says that it has. Null: it is none that can be opened here. */
export async function pageCountOf(source: Source): Promise<number | null> {
  try {
    return await withDocument(source, async ({ numPages }) => numPages)
  } catch {
    return null
  }
}

/** The text of some pages, at least of the first. Nothing is drawn, and nothing that is in it runs. */
export async function pagesOf(
  source: Source,
  wanted: [number, number],
  signal?: AbortSignal,
  most = MOST_PAGES_AT_ONCE,
): Promise<Pages> {
  return await withDeadline(LONGEST_READING, (deadline) =>
    withDocument(source, async (document) => {
      const count = document.numPages
      const [from, to] = [wanted[0], Math.min(wanted[1], count, wanted[0] + most - 1)]
      if (from > count)
        throw new Unreadable(`The PDF has ${count} pages; there is no page ${from}.`)
      const pages: Pages['pages'] = []
      for (let number = from; number <= to; number++) {
        // Its reader lets nobody else in by itself: no timer would fire before it is done.
        if (pages.length) await afterwards()
        if (pages.length && (deadline.aborted || signal?.aborted)) break
        pages.push({ number, text: await textOf(document, number) })
      }
      return { count, pages }
    }),
  )
}

/** How long it takes to open is bounded by what is in it alone, so that is looked at first. */
async function withDocument<T>(source: Source, work: (document: Document) => Promise<T>) {
  if (source.bytes > MOST_BYTES_OF_A_PDF) {
    const [has, may] = [source.bytes, MOST_BYTES_OF_A_PDF].map((bytes) =>
      Math.ceil(bytes / 1_000_000),
    )
    throw new Unreadable(`A PDF of ${has} MB is not read; at most ${may} MB are.`)
  }
  // Whoever reads it takes it away.
  const data = source.read(0, source.bytes).slice()
  checkStreams(data)
  const { getDocumentProxy } = await import('unpdf')
  const document = await getDocumentProxy(data, OPTIONS).catch((error) => {
    throw new Unreadable(/password/i.test(String(error)) ? LOCKED : BROKEN)
  })
  try {
    return await work(document)
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

type Document = Awaited<ReturnType<typeof import('unpdf')['getDocumentProxy']>>

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
