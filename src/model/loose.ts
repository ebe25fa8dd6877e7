/** What came over the wire, before anything is known of it. */
export type Loose = Record<string, unknown>

export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function looseIn(value: unknown): Loose {
  return isObject(value) ? value : {}
}

export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Null for what is no text, and for what is empty. */
export function wordIn(value: unknown): string | null {
  return typeof value === 'string' && value ? value : null
}

export function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Deeper than anybody means it; and whoever reads it again would run out of stack. */
const DEEPEST = 100

export function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth < DEEPEST && Object.values(value).every((one) => isShallow(one, depth + 1))
}
