const NAMES: Record<string, string> = {
  instructions: 'prompt',
  fallbackModel: 'fallback model',
  maxTokens: 'longest answer',
}

/** What a field of a bot is called on the page. */
export function nameOfField(field: string) {
  return NAMES[field] ?? field
}

/** `prompt, model and tools`. */
export function namesOf(fields: readonly string[]) {
  const names = fields.map(nameOfField)
  const last = names.pop()
  return names.length ? `${names.join(', ')} and ${last}` : (last ?? '')
}

/** A value as people read it; a list and a group of numbers in one line. */
export function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'not set'
  if (Array.isArray(value)) return value.length ? value.join(', ') : 'none'
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, of]) => `${valueInWords(of)} ${UNITS[name] ?? name}`)
      .join(', ')
  return typeof value === 'number' ? value.toLocaleString('en-US') : String(value)
}

const UNITS: Record<string, string> = { outputTokens: 'tokens of output' }
