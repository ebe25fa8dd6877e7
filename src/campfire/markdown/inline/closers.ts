import { delimiterAt, type Opener } from '../emphasis.ts'

/** More than three of one sign in a row are none: then those further out stay open. */
export function closersOf(open: Opener[]) {
  let closers = ''
  for (const { sign, left } of open.toReversed()) {
    const next = closers + sign.repeat(left)
    if (/(.)\1{3}$/.test(next)) break
    closers = next
  }
  return closers
}

/** Where these close something: right behind a slash or another star they would be text. */
export function endBefore(text: string, closers: string) {
  const run = /^(.)\1*/.exec(closers)?.[0].length ?? 0
  const whole = text.trimEnd().length
  for (let end = whole; end > whole - MOST_HELD; end = text.slice(0, end - 1).trimEnd().length) {
    const before = text.slice(Math.max(0, end - 100), end)
    const isApart = !/\s[*_~]+$/.test(before)
    if (isApart && delimiterAt(before + closers, before.length, run).closes) return end
  }
  return whole
}

const MOST_HELD = 10
