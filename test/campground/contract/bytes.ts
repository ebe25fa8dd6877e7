import type { Exchange } from './recording.ts'

/** The body of a recorded request; what was too long to be recorded is made again. */
export function bytesOf({ what, request }: Exchange, sign: (text: string) => string) {
  const { body, raw, cut } = request
  if (cut) return new TextEncoder().encode(madeFrom(what))
  const said = raw ?? body
  if (said === undefined) return undefined
  if (typeof said === 'string') return new TextEncoder().encode(sign(said))
  return Uint8Array.from(atob(said.base64), (character) => character.charCodeAt(0))
}

function madeFrom(what: string): string {
  const found = LONG_ONES.find(([pattern]) => pattern.test(what))
  if (!found) throw new Error(`It is not recorded what was sent for: ${what}`)
  return found[1]()
}

const LONG_ONES: [RegExp, () => string][] = [
  [/390 nested divs/, () => nested(390)],
  [/500 nested divs/, () => nested(500)],
  [/200 KB of text/, () => `<p>${'long text '.repeat(20_480)}</p>`],
  [/5000 ampersands/, () => 'a&'.repeat(5_000)],
]

function nested(depth: number) {
  return `${'<div>'.repeat(depth)}deep${'</div>'.repeat(depth)}`
}
