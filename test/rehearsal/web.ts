import { cited, ran, searched } from '../support/model/server-tools.ts'
import type { Block } from '../support/sse.ts'
import type { Conversation } from './conversation.ts'
import { FILES } from './files.ts'
import { plotOf } from './plot.ts'

const PAGE = { url: 'https://example.com/rehearsed', title: 'A page that nobody has looked up' }
const NONE = 'I have no tool for that here.'

/** A search of the API's own that finds nothing real: it pauses there first, as a long one does. */
export function searchWeb({ serverTools, mayUseTools }: Conversation, query: string) {
  if (!serverTools.includes('web_search') || !mayUseTools) return NONE
  const [use] = searched(query.trim() || 'nothing', idOf())
  return use ? [use] : NONE
}

/** What comes of it, when it is gone on with. */
export function foundFor({ id, query }: { id: string; query: string }): Block[] {
  const [, found] = searched(query, { ...PAGE, id })
  const said = `*(rehearsed)* A search for “${query}” would have found something like this`
  return [...(found ? [found] : []), cited(said, PAGE), { type: 'text', text: '.' }]
}

/** Bars of the numbers that were said, in a file that is really there. */
export function plot({ serverTools, mayUseTools }: Conversation, words: string): string | Block[] {
  if (!serverTools.includes('code_execution') || !mayUseTools) return NONE
  const numbers = (words.match(/\d+(\.\d+)?/g) ?? ['3', '1', '4', '1', '5']).map(Number)
  const file = FILES.made('rehearsed-plot.png', plotOf(numbers))
  const code = `plt.bar(range(${numbers.length}), [${numbers.join(', ')}])`
  const said = `Bars for ${numbers.join(', ')}: no code ran for them.`
  return [...ran(code, idOf().id, [file]), { type: 'text', text: said }]
}

function idOf() {
  return { id: `srvtoolu_${crypto.randomUUID().replaceAll('-', '')}` }
}
