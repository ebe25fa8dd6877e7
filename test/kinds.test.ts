import { expect, it } from 'vitest'
import { COUNTED } from './kinds/counted.ts'
import { KILLED } from './kinds/killed.ts'
import { KINDS } from './kinds.ts'

it('every turn that is counted or killed is of one kind in the catalogue', () => {
  const counted = KINDS.flatMap((kind) => kind.counted)
  const killed = KINDS.flatMap((kind) => kind.killed)

  expect(counted.toSorted()).toEqual(Object.keys(COUNTED).toSorted())
  expect(killed.toSorted()).toEqual(KILLED.map(({ what }) => what).toSorted())
})

it('what is not counted, or not killed, says why', () => {
  const silent = KINDS.filter(({ counted, killed }) => !counted.length || !killed.length)

  expect(silent.filter(({ why }) => !why)).toEqual([])
})
