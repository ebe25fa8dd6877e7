import { attributeIn, readXml } from '../xml.ts'

/** What a number in a cell is: a moment, or a span, or just that. */
export type Meaning = 'number' | 'moment' | 'span'

/** By the number of the style. */
export function stylesIn(pieces: Iterable<Uint8Array>) {
  const formats = new Map<string, string>()
  const styles: Meaning[] = []
  let isOfCells = false
  readXml(pieces, {
    open(tag, attributes) {
      if (tag === 'numFmt') {
        const [id, code] = ['numFmtId', 'formatCode'].map((one) => attributeIn(attributes, one))
        if (id && code) formats.set(id, code)
      } else if (tag === 'cellXfs') isOfCells = true
      else if (tag === 'xf' && isOfCells) styles.push(meaningOf(attributes, formats))
    },
    close(tag) {
      if (tag === 'cellXfs') isOfCells = false
    },
  })
  return styles
}

function meaningOf(attributes: string, formats: Map<string, string>): Meaning {
  const id = attributeIn(attributes, 'numFmtId') ?? '0'
  const code = formats.get(id)
  if (code !== undefined) return meaningIn(code)
  const number = Number(id)
  if (number === 46) return 'span'
  const isMoment = BUILT_IN.some(([from, to]) => number >= from && number <= to)
  return isMoment ? 'moment' : 'number'
}

/** Those that every program knows without being told: of the West, and of East Asia. */
const BUILT_IN = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const

/** Of a format no program writes more. */
const LONGEST = 255

/** As `dd.mm.yyyy hh:mm`; what stands in quotes or behind a backslash is only shown. */
export function meaningIn(code: string): Meaning {
  const [first = ''] = code
    .slice(0, LONGEST)
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .split(';')
  if (/\[(h+|m+|s+)\]/i.test(first)) return 'span'
  const bare = first.replace(/\[[^\]]*\]/g, '')
  return /[dmyhs]/i.test(bare) && !/general|[0#?]{2,}[.,]?0*$/i.test(bare.replace(/[.,]0+$/, ''))
    ? 'moment'
    : 'number'
}

const DAY = 86_400

/** Excel takes 1900 for a leap year, as Lotus did. */
export function momentOf(serial: number, is1904: boolean) {
  const days = is1904 ? serial + 1_462 : serial < 60 ? serial + 1 : serial
  const seconds = Math.round(days * DAY)
  const at = new Date((seconds - 25_569 * DAY) * 1_000)
  if (Number.isNaN(at.getTime()) || serial < 0) return serial
  const [day = '', time = ''] = at.toISOString().slice(0, 19).split('T')
  const short = time.replace(/:00$/, '')
  if (serial < 1 && !is1904) return short
  return time === '00:00:00' ? day : `${day}T${short}`
}

/** 26:30:00 is more than a day. */
export function spanOf(serial: number) {
  const seconds = Math.round(Math.abs(serial) * DAY)
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':')
  return serial < 0 ? `-${text}` : text
}
