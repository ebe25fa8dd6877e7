import type { Cell } from '../cells.ts'

/** How numbers and days are written where they are text. */
export interface Manner {
  decimal: '.' | ','
  /** Of 3/4/2026: what its first number is. Null: nobody can tell. */
  first: 'day' | 'month' | null
}

/** No number and no day is longer. */
const LONGEST = 60

/** What a text of a table is: a number or a day where it is written as one, and words else. */
export function valueIn(text: string, { decimal, first }: Manner): Cell {
  if (text.length > LONGEST) return text
  const number = numberIn(text, decimal)
  return number ?? dayIn(text, first) ?? text
}

const POINT = /^-?(0|[1-9]\d*|[1-9]\d{0,2}([,'’\s]\d{3})+)(\.\d+)?$/
const COMMA = /^-?(0|[1-9]\d*|[1-9]\d{0,2}([.'’\s]\d{3})+)(,\d+)?$/

/** What begins with a zero or a plus is a code or a telephone. Money may say which. */
function numberIn(text: string, decimal: Manner['decimal']) {
  const bare = text
    .replace(/^(-?)\s*(?:[€$£¥]|CHF|EUR|USD)\s*/, '$1')
    .replace(/\s*(?:[€$£¥]|CHF|EUR|USD|\.?[-–—])$/, '')
  if (!(decimal === ',' ? COMMA : POINT).test(bare)) return null
  const plain =
    decimal === ',' ? bare.replace(/[.'’\s]/g, '').replace(',', '.') : bare.replace(/[,'’\s]/g, '')
  return Number(plain)
}

const DAY = /^(\d{1,2})([./])(\d{1,2})\2(\d{4})(?:[ T](\d\d:\d\d(?::\d\d)?))?$/

function dayIn(text: string, first: Manner['first']) {
  const [, one = '', sign, two = '', year, time] = DAY.exec(text) ?? []
  if (!sign) return null
  const order = sign === '.' ? 'day' : first
  if (!order) return null
  const [day, month] = order === 'day' ? [one, two] : [two, one]
  if (Number(month) > 12 || Number(day) > 31) return null
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return time ? `${iso}T${time}` : iso
}

/** Told by what cannot be read in another way. */
export function mannerOf(all: string[]): Manner {
  const texts = all.filter(({ length }) => length <= LONGEST)
  const comma = texts.filter((text) => COMMA.test(text) && !POINT.test(text)).length
  const point = texts.filter((text) => POINT.test(text) && !COMMA.test(text)).length
  const days = texts.flatMap((text) => {
    const [, one, sign, two] = DAY.exec(text) ?? []
    return sign === '/' ? [[Number(one), Number(two)] as const] : []
  })
  const first = days.some(([one]) => one > 12)
    ? 'day'
    : days.some(([, two]) => two > 12)
      ? 'month'
      : null
  return { decimal: comma > point ? ',' : '.', first }
}
