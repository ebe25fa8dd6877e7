/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest'

/**
 * The storeys of the house, from the top down. Values and types flow down only; within a storey a folder
 * may use those that stand right of it. A folder here is its file and its parts: `reply` is `reply.ts`
 * and `reply/`.
 */
const STOREYS = [
  ['index'],
  ['webhook', 'operator', 'upload', 'room', 'person', 'account'],
  ['turn', 'inbox'],
  ['recovery', 'session', 'step', 'reply'],
  ['approval', 'budget', 'receipt', 'sentences', 'prompt', 'history', 'runtime'],
  ['bots'],
  ['tools'],
  ['skills'],
  ['tables'],
  ['storage', 'files'],
  ['campfire', 'model', 'address', 'clock', 'languages', 'log'],
]

/** Packages, and the folders that may use them. */
const PACKAGES: Record<string, string[]> = {
  '@anthropic-ai/sdk': ['model'],
  '@modelcontextprotocol/client': ['tools'],
  'cloudflare:workers': ['account', 'index', 'person', 'room'],
  croner: ['clock'],
  'eventsource-parser': ['model'],
  hono: ['index', 'operator', 'upload', 'webhook'],
  htmlparser2: ['campfire'],
  marked: ['campfire'],
  'node:fs': ['bots', 'budget', 'skills'],
  'string-width': ['campfire'],
  unpdf: ['files'],
}
/** Whatever enters is parsed by whoever lets it in. */
const EVERYONE_MAY_USE = ['zod']

/**
 * A folder is entered through the file of its name. These are the other doors, and who goes through
 * them: at most eight in all and three for a folder, or it is no wall. That number only goes down.
 */
const DOORS: Record<string, string[]> = {
  'account/sums': ['operator'],
  'campfire/delivery': ['webhook'],
  'campfire/text': ['files', 'history', 'inbox', 'prompt', 'tools'],
  'inbox/arrival': ['webhook'],
  'inbox/missed': ['room'],
  'inbox/receive': ['room'],
  'model/prices': ['operator', 'session', 'step'],
  'model/worst-case': ['budget'],
}
const MOST_DOORS = 8
const MOST_DOORS_OF_A_FOLDER = 3
const MOST_FILES_IN_A_FOLDER = 25

/** Tables are for whoever stands above them, and a bot names its tools and skills one by one: rules, no doors. */
function isOpen({ from, to }: Import) {
  return to.startsWith('tables/') || (/^(tools|skills)\//.test(to) && partOf(from) === 'bots')
}

/** What the build runs is an entry of its own, like index. */
const ENTRIES = ['bots/check', 'budget/check', 'skills/build']

const VERSION = 'runtime/version uses ../package.json'

interface Import {
  from: string
  /** A module of ours by its path in `src`, without its ending; anything else by its own name. */
  to: string
  ours: boolean
  type: boolean
}

const sources = import.meta.glob<string>(['../src/**/*.{ts,tsx}', '!../src/env.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const [contributing = ''] = Object.values(
  import.meta.glob<string>('../CONTRIBUTING.md', { query: '?raw', import: 'default', eager: true }),
)
const modules = Object.keys(sources).map(moduleOf)
const all = Object.entries(sources).flatMap(([path, source]) => importsIn(moduleOf(path), source))
const ours = all.filter(({ ours }) => ours)
const values = ours.filter(({ type }) => !type)

describe('the house', () => {
  it('has these rooms', () => {
    const parts = new Set(modules.map(partOf))

    expect([...parts].sort()).toEqual(STOREYS.flat().sort())
    expect(ours.length).toBeGreaterThan(300)
  })

  it('has values and types flow down only', () => {
    const strays = ours.filter(({ from, to }) => !isBelow(partOf(to), partOf(from)))

    expect(strays.map(inWords)).toEqual([])
  })

  it('has no circle, of types either', () => {
    expect(circlesIn(ours)).toEqual([])
  })

  it('has no room that nobody can hold in mind', () => {
    const folders = Map.groupBy(modules, (module) => module.replace(/\/?[^/]+$/, ''))
    // Files that stand in it themselves. `src` itself is the front of the house, with one door for each room:
    // those are counted above.
    const crowded = [...folders].filter(
      ([folder, files]) => folder !== '' && files.length > MOST_FILES_IN_A_FOLDER,
    )

    expect(crowded.map(([folder]) => folder)).toEqual([])
  })

  it('puts the world of a turn together in at most 50 lines', () => {
    const [whole = ''] =
      /^function createTurnContext[\s\S]*?^}/m.exec(sources['../src/turn/open.ts'] ?? '') ?? []
    const lines = whole.split('\n').length

    expect(lines).toBeGreaterThan(10)
    expect(lines).toBeLessThanOrEqual(50)
  })

  it('brings in from outside only what is listed, where it is listed', () => {
    const used = all
      .filter((one) => !one.ours && !one.to.startsWith('..'))
      .map(({ from, to }) => [packageOf(to), partOf(from)] as const)
      .filter(([name]) => !EVERYONE_MAY_USE.includes(name))
    const found = Map.groupBy(used, ([name]) => name)
    const byName = [...found].map(([name, uses]): [string, string[]] => [
      name,
      [...new Set(uses.map(([, part]) => part))].sort(),
    ])

    expect(Object.fromEntries(byName)).toEqual(PACKAGES)
  })
})

describe('a folder', () => {
  const entering = values.filter((one) => isPassedBy(one.from, one.to) && !isOpen(one))

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

  it('has walls: few doors in all, and three at most', () => {
    const folders = Map.groupBy(Object.keys(DOORS), partOf)

    expect(Object.keys(DOORS).length).toBeLessThanOrEqual(MOST_DOORS)
    for (const doors of folders.values()) {
      expect(doors.length).toBeLessThanOrEqual(MOST_DOORS_OF_A_FOLDER)
    }
  })

  it('takes nothing from its own file', () => {
    const strays = ours.filter(
      ({ from, to }) => from.startsWith(`${to}/`) && !ENTRIES.includes(from),
    )

    expect(strays.map(inWords)).toEqual([])
  })
})

describe('CONTRIBUTING', () => {
  const rows = contributing
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('?'))
  const filesIn = (text: string) =>
    Array.from(text.matchAll(/`src\/([\w/-]+)\.ts`/g), ([, name]) => name)

  it('answers eleven questions by at most three files each', () => {
    expect(rows).toHaveLength(11)
    for (const row of rows) {
      expect(filesIn(row).length).toBeGreaterThan(0)
      expect(filesIn(row).length).toBeLessThanOrEqual(3)
    }
  })

  it('names files that are there', () => {
    expect(filesIn(contributing).filter((name) => !modules.includes(name ?? ''))).toEqual([])
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

it.each<[string, string[][]]>([
  ['a>b b>c', []],
  ['a>b b>a', [['a', 'b']]],
  ['a>b b>c c>b d>a', [['b', 'c']]],
])('finds the circles in %s', (drawing, found) => {
  const drawn = drawing.split(' ').map((arrow) => {
    const [from = '', to = ''] = arrow.split('>')
    return { from, to, ours: true, type: true }
  })
  expect(circlesIn(drawn)).toEqual(found)
})

function isBelow(used: string, user: string) {
  if (used === user) return true
  const [below, above] = [placeOf(used), placeOf(user)]
  return below.storey === above.storey ? below.from > above.from : below.storey > above.storey
}

function placeOf(part: string) {
  const storey = STOREYS.findIndex((parts) => parts.includes(part))
  return { storey, from: STOREYS[storey]?.indexOf(part) ?? -1 }
}

/** Modules that can reach one another, each circle once. */
function circlesIn(imports: Import[]): string[][] {
  const uses = new Map(
    [...Map.groupBy(imports, ({ from }) => from)].map(([from, all]) => [
      from,
      all.map(({ to }) => to),
    ]),
  )
  const reach = (start: string) => {
    const seen = new Set<string>()
    const open = [...(uses.get(start) ?? [])]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(...(uses.get(next) ?? []))
    }
    return seen
  }
  const reached = new Map([...uses.keys()].map((module) => [module, reach(module)]))
  const circles = [...reached]
    .filter(([module, all]) => all.has(module))
    .map(([module, all]) => [...all].filter((other) => reached.get(other)?.has(module)).sort())
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()]
}

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
  return (inside ? path.slice(2) : `../${path}`).replace(/\.tsx?$/, '')
}

/** Somewhere on the way in a folder is entered from outside, and not by its file. */
function isPassedBy(from: string, to: string) {
  const folders = [...to.matchAll(/\//g)].map(({ index }) => to.slice(0, index))
  return folders.some((folder) => from !== folder && !from.startsWith(`${folder}/`))
}

function moduleOf(path: string) {
  return path.replace('../src/', '').replace(/\.tsx?$/, '')
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
