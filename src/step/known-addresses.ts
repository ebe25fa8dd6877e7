import { partsOf } from '../prompt.ts'
import type { PastTurn } from '../tables/room/sessions.ts'
import type { Step } from '../tables/room/step.ts'

type Read = Pick<PastTurn, 'prompt' | 'steps'>

/**
 * Whether an address stands, whole and letter by letter, in what a person has said here, in what a search has
 * found, or on a page that was read. Any other is put together by the model, and may carry away what it knows: the
 * host that it names reads it. `opening`: the tools whose results are such pages.
 */
export function standsIn(address: string, turns: Read[], opening: string[]) {
  const wanted = plain(address)
  return wanted !== null && turns.some((turn) => addressesIn(turn, opening).has(wanted))
}

function addressesIn({ prompt, steps }: Read, opening: string[]) {
  const texts = [...saidIn(prompt), ...steps.flatMap((step) => foundIn(step, opening))]
  return new Set(texts.flatMap(addressesOf))
}

function foundIn({ notice, content, uses }: Step, opening: string[]) {
  const found = content.filter(({ type }) => PAGES.has(type)).map((block) => JSON.stringify(block))
  const read = uses.filter(({ name, state }) => state === 'ok' && opening.includes(name))
  return [...saidIn(notice ?? ''), ...found, ...read.map(({ result }) => result ?? '')]
}

const PAGES = new Set(['web_search_tool_result', 'web_fetch_tool_result'])

/** The words of people. */
function saidIn(text: string) {
  return partsOf(text).flatMap(({ words, isSaid }) => (isSaid ? [words] : []))
}

const ADDRESS = /https?:\/\/[^\s<>"'`\\|^{}]+/gi

/** A sign that ends a sentence may belong to the address or not. */
function addressesOf(text: string) {
  return [...text.matchAll(ADDRESS)].flatMap(([found]) =>
    [found, withoutEnd(found)].flatMap((one) => plain(one) ?? []),
  )
}

/** Sign by sign: an expression would try anew at each of a hundred thousand full stops. */
function withoutEnd(address: string) {
  let end = address.length
  while (end > 0 && SIGNS.includes(address.charAt(end - 1))) end--
  return address.slice(0, end)
}

const SIGNS = '.,;:!?*_~)]'

/** As a browser writes it, without the part that is never sent. */
function plain(address: string) {
  const url = URL.parse(address)
  if (!url) return null
  url.hash = ''
  return url.href
}
