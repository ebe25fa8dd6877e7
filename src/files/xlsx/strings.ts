import { readXml } from '../xml.ts'

/** The texts of a workbook, by number: each stands once, however many cells show it. */
export function stringsIn(pieces: Iterable<Uint8Array>) {
  const strings: string[] = []
  let text = ''
  let [isText, isSpoken] = [false, false]
  readXml(pieces, {
    open(tag) {
      if (tag === 'si') text = ''
      // How a Japanese word is read stands beside it.
      else if (tag === 'rPh') isSpoken = true
      else if (tag === 't') isText = !isSpoken
    },
    text(more) {
      if (isText) text += more
    },
    close(tag) {
      if (tag === 't') isText = false
      else if (tag === 'rPh') isSpoken = false
      else if (tag === 'si') strings.push(written(text))
    },
  })
  return strings
}

/** What XML cannot hold is written as `_x000D_`. */
export function written(text: string) {
  if (!text.includes('_x')) return text
  return text.replace(/_x([\dA-F]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
