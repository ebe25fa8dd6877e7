import { unfenced } from '../untrusted.ts'

type Json = Record<string, unknown>

/** Characters of all of it, and how deep it may go. */
const LONGEST = 8_000
const DEEPEST = 8
const MOST_PROPERTIES = 60
const LONGEST_WORDS = 300

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']
const NUMBERS = ['minimum', 'maximum']
/** No schema at all is one with half a length in it. */
const SIZES = ['minLength', 'maxLength', 'minItems', 'maxItems']

/**
 * What a server says that a tool takes, made anew of what we know: the API refuses a whole request for one schema
 * that is no good, and no pattern of theirs is run here. Null: it is too much, or nothing that can be used.
 */
export function cleanSchema(schema: unknown): Json | null {
  if (!isRecord(schema)) return null
  const known = { definitions: isRecord(schema.$defs) ? schema.$defs : {}, left: 400 }
  const cleaned = clean(schema, known, 0)
  if (known.left < 0) return null
  const { properties = {}, required } = cleaned
  const whole = { type: 'object', properties, ...(required ? { required } : {}) }
  return JSON.stringify(whole).length > LONGEST ? null : whole
}

interface Known {
  definitions: Json
  /** So many more parts are looked at: one that refers to itself has no end. */
  left: number
}

function clean(value: unknown, known: Known, depth: number): Json {
  known.left--
  if (!isRecord(value) || depth > DEEPEST || known.left < 0) return {}
  const { $ref } = value
  if (typeof $ref === 'string') {
    const name = /^#\/\$defs\/([\w-]+)$/.exec($ref)?.[1]
    const referred = name && Object.hasOwn(known.definitions, name) && known.definitions[name]
    return referred ? clean(referred, known, depth + 1) : {}
  }
  const schema: Json = {}
  const type = typesIn(value.type)
  if (type) schema.type = type
  if (typeof value.description === 'string') schema.description = cut(value.description)
  if (Array.isArray(value.enum)) schema.enum = value.enum.slice(0, 100).filter(isScalar)
  if (isScalar(value.const)) schema.const = value.const
  for (const name of NUMBERS) if (Number.isFinite(value[name])) schema[name] = value[name]
  for (const name of SIZES) if (isSize(value[name])) schema[name] = value[name]
  if (isRecord(value.properties)) Object.assign(schema, propertiesOf(value, known, depth))
  if (isRecord(value.items)) schema.items = clean(value.items, known, depth + 1)
  const either = Array.isArray(value.anyOf) ? value.anyOf : value.oneOf
  if (Array.isArray(either) && either.length && depth > 0)
    schema.anyOf = either.slice(0, 10).map((one) => clean(one, known, depth + 1))
  return schema
}

function propertiesOf({ properties, required }: Json, known: Known, depth: number) {
  const named = Object.entries(isRecord(properties) ? properties : {})
    .filter(([name]) => /^[A-Za-z0-9_.-]{1,64}$/.test(name) && name !== '__proto__')
    .slice(0, MOST_PROPERTIES)
  const names = new Set(named.map(([name]) => name))
  const needed = Array.isArray(required) ? required.filter((name) => names.has(name)) : []
  const cleaned = named.map(([name, one]) => [name, clean(one, known, depth + 1)])
  return {
    properties: Object.fromEntries(cleaned),
    ...(needed.length && { required: [...new Set(needed)] }),
  }
}

function typesIn(type: unknown) {
  if (typeof type === 'string') return TYPES.includes(type) ? type : null
  const all = Array.isArray(type) ? [...new Set(type.filter((one) => TYPES.includes(one)))] : []
  return all.length ? all : null
}

/**
 * Where an input does not fit, in words for the model; of what the server says beyond this it is the judge itself.
 * Bounded by the input, which is.
 */
export function misfits(schema: unknown, value: unknown, path = ''): string[] {
  if (!isRecord(schema)) return []
  const at = path || 'input'
  const types = [schema.type ?? []].flat()
  if (types.length && !types.some((type) => isOf(type, value)))
    return [`${at}: must be ${types.join(' or ')}`]
  if (Array.isArray(schema.enum) && schema.enum.length && !schema.enum.includes(value))
    return [`${at}: must be one of ${schema.enum.map((one) => JSON.stringify(one)).join(', ')}`]
  const size = typeof value === 'string' || Array.isArray(value) ? value.length : value
  for (const [name, isWrong] of BOUNDS) {
    const bound = schema[name]
    const isMeant =
      typeof value === 'number'
        ? /um$/.test(name)
        : name.endsWith(typeof value === 'string' ? 'Length' : 'Items')
    if (typeof bound === 'number' && typeof size === 'number' && isMeant && isWrong(size, bound))
      return [`${at}: ${name} is ${bound}`]
  }
  if (Array.isArray(value))
    return value.flatMap((one, n) => misfits(schema.items, one, `${path}[${n}]`))
  if (!isRecord(value)) return []
  const properties = isRecord(schema.properties) ? schema.properties : {}
  const missing = (Array.isArray(schema.required) ? schema.required : [])
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${path ? `${path}.` : ''}${name}: is missing`)
  const wrong = Object.entries(value).flatMap(([name, one]) =>
    Object.hasOwn(properties, name)
      ? misfits(properties[name], one, `${path ? `${path}.` : ''}${name}`)
      : [],
  )
  return [...missing, ...wrong]
}

const below = (size: number, bound: number) => size < bound
const above = (size: number, bound: number) => size > bound
const BOUNDS: [string, (size: number, bound: number) => boolean][] = [
  ['minimum', below],
  ['maximum', above],
  ['minLength', below],
  ['maxLength', above],
  ['minItems', below],
  ['maxItems', above],
]

function isOf(type: unknown, value: unknown) {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isRecord(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

function cut(words: string) {
  return unfenced(words.slice(0, LONGEST_WORDS))
}

function isSize(value: unknown) {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isScalar(value: unknown) {
  // Half an emoji is no text that the API takes, in whatever part of a request.
  if (typeof value === 'string' && !value.isWellFormed()) return false
  return (
    ['string', 'number', 'boolean'].includes(typeof value) && JSON.stringify(value).length < 200
  )
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
