type Fields = Record<string, string | number | boolean | null | undefined>

/** One structured line for each event, for the operator. Never message text, never a bot key. */
export const log = {
  info: (event: string, fields: Fields = {}) => console.log(line('info', event, fields)),
  warn: (event: string, fields: Fields = {}) => console.warn(line('warn', event, fields)),
  error: (event: string, fields: Fields = {}) => console.error(line('error', event, fields)),
}

/** What may be logged of an error: its kind and words, cut short; causes ride along by name. */
export function inShort(error: unknown) {
  if (!(error instanceof Error)) return String(error).slice(0, 200)
  const cause = error.cause instanceof Error ? ` (${wordsOf(error.cause)})` : ''
  return `${wordsOf(error)}${cause}`.slice(0, 300)
}

// JSON.parse quotes what it could not read, and that may be what somebody said.
function wordsOf(error: Error) {
  return error instanceof SyntaxError ? error.name : `${error.name}: ${error.message}`
}

function line(level: string, event: string, fields: Fields) {
  return JSON.stringify({ level, event, ...fields })
}
