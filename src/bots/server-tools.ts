import * as z from 'zod'
import type { ServerTool, ServerToolName } from '../model.ts'

/** A host, with a path where only a part of it is meant: as `example.com/docs`. Hosts below it are meant, too. */
const Domain = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(\/[\w./~-]*)?$/,
    'a host such as example.com, without https://',
  )
const Domains = z.array(Domain).min(1).max(100)

const Web = z.strictObject({
  /** In one turn, however many calls of the model it makes. Who has used them all is asked to end. */
  maxUses: z.int().min(1).max(20).default(5),
  allowedDomains: Domains.optional(),
  blockedDomains: Domains.optional(),
})
type Web = z.infer<typeof Web>

/** The API takes one of them. */
function isEither({ allowedDomains, blockedDomains }: Web) {
  return !(allowedDomains && blockedDomains)
}
const EITHER = 'either allowedDomains or blockedDomains'

/** Tools that run where the model runs, and none of them here. A gateway may not have them. */
export const ServerTools = z.strictObject({
  webSearch: Web.refine(isEither, EITHER).optional(),
  webFetch: Web.extend({
    /** Tokens of one page, about. */
    maxContentTokens: z.int().min(1_000).max(100_000).default(15_000),
  })
    .refine(isEither, EITHER)
    .optional(),
  code: z.strictObject({}).optional(),
})
export type ServerTools = z.infer<typeof ServerTools>

/** As the request has them. They are called directly, never out of code: so each use is seen, and counted. */
export function serverToolsOf({ webSearch, webFetch, code }: ServerTools): ServerTool[] {
  const tools: ServerTool[] = []
  if (webSearch)
    tools.push({
      type: 'web_search_20260318',
      name: 'web_search',
      allowed_callers: ['direct'],
      ...boundsOf(webSearch),
    })
  if (webFetch)
    tools.push({
      type: 'web_fetch_20260318',
      name: 'web_fetch',
      allowed_callers: ['direct'],
      ...boundsOf(webFetch),
      max_content_tokens: webFetch.maxContentTokens,
      url_sources: SOURCES,
    })
  if (code) tools.push({ type: 'code_execution_20260521', name: 'code_execution' })
  return tools
}

/**
 * Only what a person has said, a search has found or a page that was read leads to is opened. An address in a
 * result of ours may be one that the model has put together, and tell its host what it must not know.
 */
const SOURCES = {
  user_input: { type: 'all' },
  server_tool_results: { type: 'all' },
  client_tool_results: { type: 'none' },
} as const

function boundsOf({ maxUses, allowedDomains, blockedDomains }: Web) {
  return {
    max_uses: maxUses,
    ...(allowedDomains && { allowed_domains: allowedDomains }),
    ...(blockedDomains && { blocked_domains: blockedDomains }),
  }
}

/** Names that a tool of our own cannot have beside them, and that take no yes: they run before we hear of it. */
export const SERVER_TOOL_NAMES = [
  'web_search',
  'web_fetch',
  'code_execution',
] as const satisfies ServerToolName[]
