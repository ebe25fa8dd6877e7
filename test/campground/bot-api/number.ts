/** Ruby's `to_i`: what comes behind the digits does not count, and no digits are a nought. */
export function numberIn(text: string): number {
  return Number(/^-?\d+/.exec(text)?.[0] ?? 0)
}
