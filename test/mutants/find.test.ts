import { describe, expect, it } from 'vitest'
import { placeOf } from './find.ts'
import { MUTANTS } from './mutants.ts'

const sources = new Map([
  ['a.ts', 'export async function take() {\n  begin()\n}\n\nfunction drop() {\n  begin()\n}\n'],
  ['b.ts', 'class Room {\n  wake() {\n    rest()\n  }\n}\n'],
])

describe('an edit', () => {
  it('finds its place by what stands there', () => {
    const edit = { from: 'rest()', to: 'null' }
    expect(placeOf(edit, sources)).toEqual({ path: 'b.ts', ...edit })
  })

  it.each([
    ['take', 'export async function take() {\n  end()\n}'],
    ['drop', 'function drop() {\n  end()\n}'],
  ])('finds it within %s', (within, to) => {
    const place = placeOf({ from: 'begin()', to: 'end()', within }, sources)
    expect(place).toEqual({ path: 'a.ts', from: to.replace('end', 'begin'), to })
  })

  it('finds it within a method', () => {
    const place = placeOf({ from: 'rest()', to: 'null', within: 'wake' }, sources)
    expect(place.to).toBe('  wake() {\n    null\n  }')
  })

  it.each([
    ['stands nowhere', { from: 'sleep()' }, 'Found 0 times in src'],
    ['stands twice', { from: 'begin()' }, 'Found 2 times in src'],
    ['stands elsewhere', { from: 'rest()', within: 'take' }, 'Found 0 times within take'],
  ])('fails when its text %s', (_, edit, error) => {
    expect(() => placeOf({ ...edit, to: '' }, sources)).toThrow(error)
  })
})

// Half an hour into the long run is late to learn of it.
describe('each mutant', () => {
  const code = import.meta.glob<string>(['../../src/**/*.ts', '!../../src/env.d.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  })

  it.each(MUTANTS)('finds its place: $what', ({ edits }) => {
    const places = edits.map((edit) => placeOf(edit, new Map(Object.entries(code))))
    expect(places.filter(({ from, to }) => from === to)).toEqual([])
  })
})
