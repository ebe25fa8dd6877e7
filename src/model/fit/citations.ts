import type { TextCitationParam } from '@anthropic-ai/sdk/resources/messages/messages'
import { type Loose, textIn, wordIn } from '../loose.ts'

type Of<T extends TextCitationParam['type']> = Extract<TextCitationParam, { type: T }>
/** What each needs, and of what kind it is. A kind or a field that is new in the API does not build. */
type Needs = { [T in TextCitationParam['type']]: Record<Exclude<keyof Of<T>, 'type'>, Is> }
type Is = 'words' | 'name' | 'title' | 'place'

const DOCUMENT = { cited_text: 'words', document_index: 'place', document_title: 'title' } as const
const NEEDS: Needs = {
  char_location: { ...DOCUMENT, start_char_index: 'place', end_char_index: 'place' },
  page_location: { ...DOCUMENT, start_page_number: 'place', end_page_number: 'place' },
  content_block_location: { ...DOCUMENT, start_block_index: 'place', end_block_index: 'place' },
  search_result_location: {
    cited_text: 'words',
    search_result_index: 'place',
    source: 'name',
    title: 'title',
    start_block_index: 'place',
    end_block_index: 'place',
  },
  web_search_result_location: {
    cited_text: 'words',
    encrypted_index: 'name',
    title: 'title',
    url: 'name',
  },
}

/**
 * Null where the API would not take it back. It gives some of them a file as well, and does not list that among what it
 * takes.
 */
export function citationIn(told: Loose): Loose | null {
  const type = textIn(told.type)
  const needs = Object.hasOwn(NEEDS, type) ? NEEDS[type as keyof Needs] : null
  const fields = Object.entries(needs ?? {}).map(([name, is]) => [name, fieldOf(told[name], is)])
  const isWhole = needs !== null && fields.every(([, value]) => value !== undefined)
  return isWhole ? { type, ...Object.fromEntries(fields) } : null
}

/** Undefined: it is none. */
function fieldOf(told: unknown, is: Is) {
  switch (is) {
    case 'words':
      return typeof told === 'string' ? told.toWellFormed() : undefined
    case 'name':
      return wordIn(told)?.toWellFormed()
    case 'title':
      return wordIn(told)?.toWellFormed() ?? null
    case 'place':
      return Number.isSafeInteger(told) && Number(told) >= 0 ? told : undefined
    default:
      is satisfies never
      return undefined
  }
}
