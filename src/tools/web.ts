import * as z from 'zod'
import { defineTool, type Tool } from './tool.ts'

interface Bounds {
  /** Times in one call of the model. */
  maxUses?: number
  /** Either these and no others, or all but these. */
  allowedDomains?: string[]
  blockedDomains?: string[]
}

const MOST_USES = 3
/** Tokens of one page. */
const LONGEST_PAGE = 8_000

/** The API searches the web by itself. */
export function webSearch(bounds: Bounds = {}): Tool {
  return hosted('web_search', {
    ...{ type: 'web_search_20260318', name: 'web_search', allowed_callers: ['direct'] },
    ...within(bounds),
  })
}

/** The API opens a page: one whose address people have said, or that a search or a page has shown. */
export function webFetch(bounds: Bounds = {}): Tool {
  return hosted('web_fetch', {
    ...{ type: 'web_fetch_20260318', name: 'web_fetch', allowed_callers: ['direct'] },
    ...within(bounds),
    max_content_tokens: LONGEST_PAGE,
    // What our own tools give back the model may have written itself.
    url_sources: {
      user_input: { type: 'all' },
      client_tool_results: { type: 'none' },
      server_tool_results: { type: 'all' },
    },
  })
}

function within({ maxUses = MOST_USES, allowedDomains, blockedDomains }: Bounds) {
  if (allowedDomains && blockedDomains) throw new Error('Allow domains or block some, not both')
  return {
    max_uses: maxUses,
    ...(allowedDomains && { allowed_domains: allowedDomains }),
    ...(blockedDomains && { blocked_domains: blockedDomains }),
  }
}

/** Asked of the API by its own definition, and never run here. */
function hosted(name: string, definition: Record<string, unknown>): Tool {
  const tool = defineTool({
    name,
    description: '',
    input: z.looseObject({}),
    effect: 'read',
    readsOutside: true,
    run: async () => {
      throw new Error('The API runs it, and has not. Do without.')
    },
  })
  return { ...tool, hosted: definition }
}
