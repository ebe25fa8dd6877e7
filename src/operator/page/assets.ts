import { LIVE } from './live-script.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

export interface Asset {
  type: string
  text: string
}

export const ASSETS = new Map<string, Asset>([
  ['style.css', { type: 'text/css; charset=utf-8', text: STYLE }],
  ['live.js', { type: 'text/javascript; charset=utf-8', text: LIVE }],
  ['page.js', { type: 'text/javascript; charset=utf-8', text: SCRIPT }],
])

/** With a sum of what is in it, so that a browser asks anew after an update. */
export function addressOf(name: string) {
  return `/assets/${name}?${sumOf(ASSETS.get(name)?.text ?? '')}`
}

/** FNV-1a: nobody is to be kept out by it, two texts are just to differ. */
function sumOf(text: string) {
  let sum = 0x811c9dc5
  for (const sign of text) sum = Math.imul(sum ^ (sign.codePointAt(0) ?? 0), 0x01000193)
  return (sum >>> 0).toString(36)
}
