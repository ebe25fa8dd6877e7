import { expect, it } from 'vitest'
import { standsIn } from '../../src/step/known-addresses.ts'

const said = (words: string) => [{ prompt: `<message from="Ann">${words}</message>`, steps: [] }]

it('knows an address with and without the sign that ends its sentence', () => {
  for (const end of ['', '.', ').', '…?!'.slice(1), '*'])
    expect(standsIn('https://e.com/a', said(`see https://e.com/a${end}`), [])).toBe(true)
  expect(standsIn('https://e.com/b', said('see https://e.com/a.'), [])).toBe(false)
})

it('takes no time over an address that ends in full stops without end', () => {
  const before = performance.now()
  standsIn('https://e.com/a', said(`https://e.com/${`${'.'.repeat(200_000)}x`.repeat(2)}`), [])
  expect(performance.now() - before).toBeLessThan(1_000)
})
