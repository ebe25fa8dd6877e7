import { expect, it } from 'vitest'
import { objectOf } from '../../src/operator/forms.ts'

it.each<[string, object]>([
  ['model=a', { model: 'a' }],
  ['ttlMinutes:number=90', { ttlMinutes: 90 }],
  // What cannot be a number goes on as it was written, so that the answer can name the field.
  ['ttlMinutes:number=often', { ttlMinutes: 'often' }],
  ['model=', { model: null }],
  ['ttlMinutes:number=', { ttlMinutes: null }],
  ['tools:list=&tools:list=list&tools:list=memory', { tools: ['list', 'memory'] }],
  ['tools:list=', { tools: [] }],
  ['on:flag=on', { on: true }],
  ['a.b.c:number=1&a.b.d=x', { a: { b: { c: 1, d: 'x' } } }],
  ['prompt=one%0D%0Atwo', { prompt: 'one\ntwo' }],
])('reads a form, %s, as the JSON that a machine would send', (form, object) => {
  expect(objectOf(new URLSearchParams(form))).toEqual(object)
})

it('touches nothing but what it returns', () => {
  objectOf(new URLSearchParams('__proto__.isOperator=yes&constructor.prototype.x=1'))

  expect(Object.hasOwn(Object.prototype, 'isOperator')).toBe(false)
  expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
})

it('takes no longer for many fields, or for one that goes deep', () => {
  const many = Array.from({ length: 60_000 }, (_, at) => `${at.toString(36)}=`).join('&')
  const began = performance.now()
  expect(Object.keys(objectOf(new URLSearchParams(many)))).toHaveLength(60_000)
  expect(performance.now() - began).toBeLessThan(1_500)

  const deep = objectOf(new URLSearchParams(`${'a.'.repeat(200_000)}a=1`))
  expect(() => JSON.stringify(deep)).not.toThrow()
})
