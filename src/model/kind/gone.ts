import type { Refusal } from '../refusal.ts'

/**
 * What was there is not there any more: a file that was handed over, a tool that was found, the place where code has
 * run. It is done without all of them.
 */
export function goneIn({ words, code }: Refusal) {
  if (GONE_FILE.test(words)) return 'files'
  if (code === 'tool_reference_unresolved' || GONE_TOOL.test(words)) return 'tool_search'
  if (code !== null && TOO_MANY_TOOLS.has(code)) return 'tools'
  return GONE_CONTAINER.test(words) ? 'container' : null
}

const TOO_MANY_TOOLS = new Set(['tool_name_conflict', 'available_tools_limit_exceeded'])

/** It was found by the API, and is none of those in the request: without its search all of them are read. */
const GONE_TOOL = /tool.?references?\b.{0,80}(no corresponding|not found|not defined|unresolved)/i

const GONE_FILE =
  /\bfile not found\b|\bfile_\w+ (was |is |has been )?(not found|expired|deleted)|\bfile .{0,40}(has expired|(does not|doesn.t|no longer) exist|been deleted)/i
const GONE_CONTAINER =
  /\bcontainer\b.{0,60}(not found|expired|been deleted|(does not|doesn.t|no longer) exist|is no longer)/i
