import { afterEach, beforeEach, expect, vi } from 'vitest'

const KEYS = ['7876b7cdc3d5', 'XyZ789abcdef', 'sk-test', 'letmein']

/** What is logged meanwhile: none of our keys stands in it, nor these. */
export function useLogWithout(...hidden: string[]) {
  const logged: string[] = []

  beforeEach(() => {
    logged.length = 0
    for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
      vi.spyOn(console, level).mockImplementation((...words) => void logged.push(words.join(' ')))
    }
  })

  afterEach(() => {
    for (const line of logged) {
      for (const word of [...KEYS, ...hidden]) expect(line).not.toContain(word)
    }
  })

  return logged
}
