import { log } from '../../log.ts'
import { mcp } from '../../tools.ts'
import type { Which } from './servers.ts'

export const UNKNOWN =
  'This sign-in is not known here, or not any more: it takes ten minutes at most, and each counts once. Please begin again.'
export const ANOTHER_BROWSER =
  'This sign-in was begun in another browser, so nothing has changed. Please begin again.'
export const DECLINED = 'It was declined there, so nothing has changed.'

/** In words for the operator, and never what a server has answered. */
export function whyIn(error: unknown, which: Which) {
  log.warn('mcp.no_sign_in', { ...which, error: kindOf(error) })
  return error instanceof mcp.NoSignIn
    ? error.message
    : 'It did not work. The log has a line of it.'
}

export function kindOf(error: unknown) {
  return error instanceof Error ? error.name : typeof error
}
