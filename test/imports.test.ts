/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest'

// Who may use whom. Values flow down this map, never up or across; `import type` may look anywhere.
const MAY_USE: Record<string, string[]> = {
  index: ['account', 'health', 'operator', 'room', 'webhook', 'hono'],
  webhook: ['bots', 'campfire', 'room', 'hono'],
  operator: ['account', 'bots', 'room', 'hono', 'zod'],
  health: ['bots', 'hono'],
  room: ['bots', 'campfire', 'migrate', 'model', 'stored', 'turn', 'cloudflare:workers', 'zod'],
  account: ['migrate', 'stored', 'cloudflare:workers', 'zod'],
  turn: ['campfire', 'model', 'tools', 'zod'],
  bots: ['tools', 'zod'],
  tools: ['campfire', 'zod'],
  model: ['@anthropic-ai/sdk'],
  campfire: ['htmlparser2', 'marked', 'string-width', 'zod'],
  migrate: [],
  stored: [],
  log: [],
  deadline: [],
  clock: [],
}

const EVERYONE_MAY_USE = ['log', 'deadline', 'clock']

/** A folder is entered through its file. These are the other doors, and who goes through them. */
const DOORS: Record<string, string[]> = {
  'account/sums': ['operator'],
  'campfire/delivery': ['webhook'],
  'campfire/markdown': ['turn'],
  'campfire/text': ['room', 'tools', 'webhook'],
  'model/prices': ['turn'],
  'room/place': ['operator', 'webhook'],
  'room/settings': ['operator'],
  'tools/attach-file': ['bots'],
  'tools/boost': ['bots'],
  'tools/pin': ['bots'],
  'tools/read-result': ['bots'],
  'tools/read-messages': ['bots'],
  'tools/search-conversation': ['bots'],
  'turn/compacting': ['room'],
  'turn/compaction': ['room'],
  'turn/context': ['room'],
  'turn/control': ['room'],
  'turn/prompt': ['room'],
  'turn/request': ['room'],
  'turn/sentences': ['room'],
  'turn/speak': ['room'],
  'turn/verdict': ['room'],
  'turn/approval': ['room'],
  'turn/draft': ['room'],
  'turn/signs': ['room'],
  'campfire/heal': ['turn'],
  'turn/why': ['room'],
}

/** What the build runs is an entry of its own, like index. */
const ENTRIES = ['bots/check']

const VERSION = 'health uses ../package.json'

interface Import {
  from: string
  /** A module of ours by its path in `src`, without its ending; anything else by its own name. */
  to: string
  ours: boolean
  type: boolean
}

const sources = import.meta.glob<string>(['../src/**/*.ts', '!../src/env.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const all = Object.entries(sources).flatMap(([path, source]) => importsIn(moduleOf(path), source))
const values = all.filter(({ type }) => !type)

describe('the map', () => {
  it('is of this place', () => {
    const parts = new Set(Object.keys(sources).map((path) => partOf(moduleOf(path))))

    expect([...parts].sort()).toEqual(Object.keys(MAY_USE).sort())
    expect(values.length).toBeGreaterThan(100)
  })

  it('is kept: values come from below', () => {
    const strays = values.filter(({ from, to, ours }) => {
      const [part, used] = [partOf(from), ours ? partOf(to) : packageOf(to)]
      return used !== part && !EVERYONE_MAY_USE.includes(used) && !MAY_USE[part]?.includes(used)
    })

    expect(strays.map(inWords)).toEqual([VERSION])
  })

  it('promises nothing that nobody uses', () => {
    const used = new Set(
      values.map(({ from, to, ours }) => `${partOf(from)} ${ours ? partOf(to) : packageOf(to)}`),
    )
    const unused = Object.entries(MAY_USE).flatMap(([part, parts]) =>
      parts.map((other) => `${part} ${other}`).filter((pair) => !used.has(pair)),
    )

    expect(unused).toEqual([])
  })
})

describe('a folder', () => {
  const entering = values.filter(({ from, to, ours }) => ours && isPassedBy(from, to))

  it('is entered through its file, or by a door that is listed', () => {
    const strays = entering.filter(({ from, to }) => !DOORS[to]?.includes(partOf(from)))

    expect(strays.map(inWords)).toEqual([])
  })

  it('has no door that nobody uses', () => {
    const used = new Set(entering.map(({ from, to }) => `${to} ${partOf(from)}`))
    const unused = Object.entries(DOORS).flatMap(([door, parts]) =>
      parts.map((part) => `${door} ${part}`).filter((pair) => !used.has(pair)),
    )

    expect(unused).toEqual([])
  })

  it('takes no values from its own file', () => {
    const strays = values.filter(
      ({ from, to }) => from.startsWith(`${to}/`) && !ENTRIES.includes(from),
    )

    expect(strays.map(inWords)).toEqual([])
  })
})

it('nobody imports an entry', () => {
  const strays = all.filter(({ to }) => to === 'index' || ENTRIES.includes(to))

  expect(strays.map(inWords)).toEqual([])
})

it('nobody imports from outside of src, but for our version', () => {
  const strays = all.filter(({ to }) => to.startsWith('..'))

  expect(strays.map(inWords)).toEqual([VERSION])
})

it.each<[string, Partial<Import>[]]>([
  ["import { a } from './b.ts'", [{ to: 'room/b', type: false }]],
  ["import {\n  a,\n  type B,\n} from '../b.ts'", [{ to: 'b', type: false }]],
  ["import type { A } from './b.ts'", [{ to: 'room/b', type: true }]],
  ["import { type A } from './b.ts'", [{ to: 'room/b', type: false }]],
  ["import './b.ts'", [{ to: 'room/b', type: false }]],
  ["export { a } from './b.ts'", [{ to: 'room/b', type: false }]],
  ["export * from './b.ts'", [{ to: 'room/b', type: false }]],
  ["export type { A } from './b.ts'", [{ to: 'room/b', type: true }]],
  ["const a = await import('./b.ts')", [{ to: 'room/b', type: false }]],
  ["import * as a from '../../test/b.ts'", [{ to: '../test/b', type: false }]],
  ["import a from '@anthropic-ai/sdk/client'", [{ to: '@anthropic-ai/sdk/client', ours: false }]],
  ["import a from 'a'\nimport type B from 'b'", [{ to: 'a' }, { to: 'b', type: true }]],
  ['export const a = 1', []],
])('reads %j', (source, found) => {
  expect(importsIn('room/inbox', source)).toMatchObject(found)
})

function importsIn(from: string, source: string): Import[] {
  const statement =
    /^(?:import|export)(?<type> type)? ?(?:[\w*${},\s]*? from )?'(?<name>[^']+)'|\bimport\('(?<later>[^']+)'\)/gm
  return [...source.matchAll(statement)].map(({ groups }) => {
    const name = groups?.name ?? groups?.later ?? ''
    const to = name.startsWith('.') ? resolved(from, name) : name
    const ours = to !== name && !to.startsWith('..')
    return { from, to, ours, type: Boolean(groups?.type) }
  })
}

function resolved(from: string, name: string) {
  const base = `https://src/x/${from}`
  const path = new URL(name, base).pathname.slice(1)
  const inside = path.startsWith('x/')
  return (inside ? path.slice(2) : `../${path}`).replace(/\.ts$/, '')
}

/** Somewhere on the way in a folder is entered from outside, and not by its file. */
function isPassedBy(from: string, to: string) {
  const folders = [...to.matchAll(/\//g)].map(({ index }) => to.slice(0, index))
  return folders.some((folder) => from !== folder && !from.startsWith(`${folder}/`))
}

function moduleOf(path: string) {
  return path.replace('../src/', '').replace(/\.ts$/, '')
}

function partOf(module: string) {
  return module.split('/')[0] ?? module
}

function packageOf(name: string) {
  return /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name
}

function inWords({ from, to }: Import) {
  return `${from} uses ${to}`
}
