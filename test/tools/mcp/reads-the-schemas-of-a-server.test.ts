import { describe, expect, it } from 'vitest'
import { cleanSchema, misfits } from '../../../src/tools/mcp/schema.ts'
import { bomb, schema } from './offers.ts'

describe('a schema', () => {
  it.each<[string, unknown, unknown]>([
    ['nothing', {}, schema({})],
    [
      'what is known',
      schema({ a: { type: 'string', minLength: 1 } }, { required: ['a'] }),
      schema({ a: { type: 'string', minLength: 1 } }, { required: ['a'] }),
    ],
    [
      'a size that is none',
      schema({ a: { type: 'string', minLength: -1, maxLength: 2.5 }, b: { minItems: 1e30 } }),
      schema({ a: { type: 'string' }, b: {} }),
    ],
    [
      'half an emoji',
      schema({ a: { enum: ['\ud83d', 'b'], const: '\ud83d', description: 'c \ud83d' } }),
      schema({ a: { description: 'c \ufffd', enum: ['b'] } }),
    ],
    ['a type that is none', schema({ a: { type: 'banana' } }), schema({ a: {} })],
    [
      'a pattern, which could run for ever',
      schema({ a: { type: 'string', pattern: '(a+)+$' } }),
      schema({ a: { type: 'string' } }),
    ],
    ['what is required and not there', schema({}, { required: ['a'] }), schema({})],
    [
      'names that the API does not take',
      schema({ 'a b': {}, __proto__x: {} }),
      schema({ __proto__x: {} }),
    ],
    [
      'a part by reference',
      { ...schema({ a: { $ref: '#/$defs/b' } }), $defs: { b: { type: 'number' } } },
      schema({ a: { type: 'number' } }),
    ],
    [
      'a reference elsewhere',
      schema({ a: { $ref: 'https://evil.example.com/s.json' } }),
      schema({ a: {} }),
    ],
    ['no object', { type: 'array', items: {} }, schema({})],
    [
      'one or another',
      schema({ a: { oneOf: [{ type: 'string' }, { type: 'null' }] } }),
      schema({ a: { anyOf: [{ type: 'string' }, { type: 'null' }] } }),
    ],
  ])('with %s', (_, given, cleaned) => {
    expect(cleanSchema(given)).toEqual(cleaned)
  })

  it('that refers to itself has an end, and one without end is none', () => {
    const itself = {
      ...schema({ a: { $ref: '#/$defs/n' } }),
      $defs: { n: schema({ next: { $ref: '#/$defs/n' } }) },
    }
    expect(JSON.stringify(cleanSchema(itself)).length).toBeLessThan(1_000)
    const { schema: bombed, visits } = countedBomb()
    expect(cleanSchema(bombed)).toBeNull()
    expect(visits()).toBeLessThanOrEqual(400)
    const long = { enum: Array(1e6).fill('x'.repeat(100)) }
    expect(cleanSchema(schema({ a: long }))).toBeNull()
  })

  it.each<[object, unknown, string[]]>([
    [{ required: ['a'] }, {}, ['a: is missing']],
    [{ properties: { a: { type: 'string' } } }, { a: 1 }, ['a: must be string']],
    [{ properties: { a: { type: ['string', 'null'] } } }, { a: null }, []],
    [{ properties: { a: { type: 'integer', minimum: 2 } } }, { a: 1 }, ['a: minimum is 2']],
    [{ properties: { a: { type: 'integer' } } }, { a: 1.5 }, ['a: must be integer']],
    [{ properties: { a: { type: 'string', maxLength: 2 } } }, { a: 'abc' }, ['a: maxLength is 2']],
    [
      { properties: { a: { items: { type: 'number' }, maxItems: 1 } } },
      { a: [1, 'x'] },
      ['a: maxItems is 1'],
    ],
    [
      { properties: { a: { items: { type: 'number' } } } },
      { a: [1, 'x'] },
      ['a[1]: must be number'],
    ],
    [{ properties: { a: { enum: ['x', 'y'] } } }, { a: 'z' }, ['a: must be one of "x", "y"']],
    [
      { properties: { a: { properties: { b: { type: 'object' } } } } },
      { a: { b: [] } },
      ['a.b: must be object'],
    ],
    [{ properties: {} }, { whatever: 1 }, []],
    [{ required: ['constructor'] }, {}, ['constructor: is missing']],
  ])('%j, and an input of %j', (given, input, wrong) => {
    expect(misfits(given, input)).toEqual(wrong)
  })
})

/** The same, and how often anybody has looked into it. */
function countedBomb() {
  let looks = 0
  const { $defs, ...rest } = bomb()
  const n = {
    ...$defs.n,
    get properties() {
      looks++
      return $defs.n.properties
    },
  }
  return { schema: { ...rest, $defs: { n } }, visits: () => looks / 2 }
}
