import { Unreadable } from './source.ts'

export interface XmlHandler {
  /** The name without its prefix, and its attributes as they are written. */
  open?(name: string, attributes: string): void
  close?(name: string): void
  text?(text: string): void
}

/** No tag and no comment of an office file is nearly as long. */
const LONGEST = 1_000_000

/**
 * Reads XML as office files have it, piece by piece: tags and text, in their order. It builds no tree and looks at no
 * document type, so that nothing in it can grow.
 */
export class XmlReader {
  #handler: XmlHandler
  #decoder = new TextDecoder()
  #rest = ''

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  write(piece: Uint8Array) {
    this.#rest = scan(
      this.#rest + this.#decoder.decode(piece, { stream: true }),
      this.#handler,
      false,
    )
    if (this.#rest.length > LONGEST)
      throw new Unreadable('The file is broken: one of its tags has no end.')
  }

  end() {
    scan(this.#rest + this.#decoder.decode(), this.#handler, true)
  }
}

export function readXml(pieces: Iterable<Uint8Array>, handler: XmlHandler) {
  const reader = new XmlReader(handler)
  for (const piece of pieces) reader.write(piece)
  reader.end()
}

/** What is left of it: a tag that goes on in the next piece. */
function scan(xml: string, handler: XmlHandler, isLast: boolean) {
  let at = 0
  while (at < xml.length) {
    const tag = xml.indexOf('<', at)
    if (tag !== at) {
      const end = tag < 0 ? endOfText(xml, at, isLast) : tag
      if (end > at) handler.text?.(unescaped(xml.slice(at, end)))
      at = end
      if (tag < 0) break
    }
    const [closes, after] = xml.startsWith('<!--', at)
      ? (['-->', 3] as const)
      : xml.startsWith('<![CDATA[', at)
        ? ([']]>', 3] as const)
        : (['>', 1] as const)
    const end = xml.indexOf(closes, at)
    if (end < 0 || (!isLast && xml.length - at < 9)) break
    if (after === 1) tagged(xml.slice(at + 1, end), handler)
    else if (xml.startsWith('<![CDATA[', at)) handler.text?.(xml.slice(at + 9, end))
    at = end + after
  }
  return xml.slice(at)
}

/** A character reference is not cut in two. */
function endOfText(xml: string, from: number, isLast: boolean) {
  const open = xml.lastIndexOf('&')
  return isLast || open < from || xml.length - open > 12 ? xml.length : open
}

function tagged(tag: string, handler: XmlHandler) {
  const first = tag.charCodeAt(0)
  if (first === 0x21 || first === 0x3f) return
  if (first === 0x2f) return handler.close?.(bare(tag.slice(1).trim()))
  const isEmpty = tag.endsWith('/')
  const space = /[\s/]/.exec(tag)?.index ?? tag.length
  const name = bare(tag.slice(0, space))
  handler.open?.(name, tag.slice(space))
  if (isEmpty) handler.close?.(name)
}

function bare(name: string) {
  return name.slice(name.indexOf(':') + 1)
}

/** Of what stands in a tag, whatever its prefix. */
export function attributeIn(attributes: string, name: string): string | null {
  for (const [, key = '', , double, single] of attributes.matchAll(ATTRIBUTE))
    if (bare(key) === name) return unescaped(double ?? single ?? '')
  return null
}

/** Begun at the beginning of a name only, and no name is long: else a tag of nothing but letters would take minutes. */
const ATTRIBUTE = /(?<![\w:.-])([\w:.-]{1,200})\s*=\s*("([^"]*)"|'([^']*)')/g

function unescaped(text: string) {
  if (!text.includes('&')) return text
  return text.replace(/&(#x?[\da-f]{1,6}|\w{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
