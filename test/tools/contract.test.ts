/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest'
import type { Ask } from '../../src/campfire/error.ts'
import { CampfireError } from '../../src/campfire.ts'
import type { Language } from '../../src/languages.ts'
import type { ToolContext } from '../../src/tools/context.ts'
import { approvalFor, isRepeatable, type Tool } from '../../src/tools/tool.ts'
import { runTool } from '../../src/tools.ts'
import { callOf, EMPTY } from '../support/tools.ts'

// What holds of every tool, so that whoever adds one is asked for all of it. A tool that is not in the tables
// below fails here.

const modules = import.meta.glob<Record<string, unknown>>('../../src/tools/*.ts', { eager: true })
const TOOLS = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter(isTool)

/** Something that people ask for, as the model would use it. */
const SAMPLES: Record<string, object> = {
  ask_for_file: {},
  attach_file: { name: 'plan.csv', type: 'csv', content: 'a,b' },
  boost: { message_id: 12, content: '👏' },
  delete_file: { file: 3 },
  fetch_page: { address: 'https://example.com/otter' },
  list_files: { name: 'otter' },
  read_file: { file: 3, part: 2, find: 'otter' },
  read_table: { file: 3, group_by: [{ column: 'otter' }], sums: [{ of: 'sum', column: 'cups' }] },
  list: { action: 'add', texts: ['Feed the otter.'], assignee: 'Ada', due: '2026-12-04' },
  memory: { action: 'remember', of: 'me', fact: 'Is fond of otters.' },
  read_messages: { around: 12 },
  read_result: { name: '12.1.2' },
  read_skill_file: { skill: 'minutes', file: 'template.md' },
  reminders: { action: 'add', text: 'Feed the otter.', at: '2036-12-01T14:00:00' },
  search_conversation: { words: 'tea', person: 'Ada' },
  use_skill: { name: 'minutes' },
}

/** What fits and cannot be done: then the model must learn what to do instead. */
const IMPOSSIBLE: Record<
  string,
  { input: object; says: RegExp; asker?: Partial<ToolContext['asker']> }
> = {
  ask_for_file: { input: {}, says: /Nobody is here .*Go on without it/, asker: { isAway: true } },
  attach_file: { input: { name: 'a', type: 'text', content: ' ' }, says: /Nothing was posted/ },
  boost: { input: { message_id: 12, content: '👏' }, says: /no such message.*Nothing was done/ },
  delete_file: { input: { file: 3 }, says: /no file 3 here.*list_files/ },
  fetch_page: {
    input: { address: 'https://192.168.1.1/' },
    says: /Nothing was read.*another page/,
  },
  list_files: { input: { name: 'otter' }, says: /None of the 0 files.*Leave the name out/ },
  read_file: { input: { file: 3 }, says: /no file 3 here.*list_files/ },
  read_table: { input: { file: 3 }, says: /no file 3 here.*list_files/ },
  list: {
    input: { action: 'done', numbers: [99] },
    says: /no list “To do” here.*Nothing was done/,
  },
  memory: { input: { action: 'forget', of: 'room', number: 7 }, says: /Use recall to see/ },
  read_messages: { input: {}, says: /does not let bots do that/ },
  read_result: { input: { name: '1.1.1' }, says: /Run the tool again/ },
  read_skill_file: { input: { skill: 'tea', file: 'a.md' }, says: /Look for its name/ },
  reminders: { input: { action: 'cancel', number: 7 }, says: /no reminder 7 .*Use show to see/ },
  search_conversation: { input: { from: '2026-13-01' }, says: /from: not a day .*as 2026-11-20/ },
  use_skill: { input: { name: 'tea' }, says: /You have none: do it as you see fit/ },
}

const LANGUAGES: Language[] = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh']
/** Who asks and where comes from the turn. */
const FROM_THE_TURN = /^(room|room_id|user|user_id|asker|author|person_id|bot|key|token|url|turn)$/

describe.each(TOOLS.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  it('has a name of its own, and one for one noun or deed', () => {
    expect(name).toMatch(/^[a-z][a-z_]{2,40}$/)
    expect(TOOLS.filter((other) => other.name === name)).toHaveLength(1)
  })

  it('takes what its schema says and nothing else', () => {
    for (const schema of objectsIn(tool.inputSchema))
      expect(schema.additionalProperties).toBe(false)
    const sample = SAMPLES[name]
    expect(tool.input.safeParse(sample).success).toBe(true)
    expect(tool.input.safeParse({ ...sample, mood: 'glad' }).success).toBe(false)
  })

  it('bounds whatever it takes', () => {
    for (const [path, schema] of valuesIn(tool.inputSchema)) {
      const isBound =
        schema.type === 'boolean' ||
        schema.enum !== undefined ||
        schema.maxLength !== undefined ||
        schema.pattern !== undefined ||
        schema.maximum !== undefined ||
        schema.maxItems !== undefined ||
        schema.type === 'object'
      expect(isBound || BOUND_BY_ITSELF.has(`${name} ${path}`) ? '' : path).toBe('')
    }
    expect(tool.timeoutMs).toBeGreaterThan(0)
    expect(tool.timeoutMs).toBeLessThanOrEqual(60_000)
    expect(tool.longestResult).toBeLessThanOrEqual(100_000)
  })

  it('tells the model what it is good for, and where it ends', () => {
    expect(tool.description.length).toBeGreaterThan(100)
    expect(tool.description.length).toBeLessThan(1_000)
    expect(tool.description).toMatch(/^[A-Z].*\.$/s)
    for (const [path, schema] of valuesIn(tool.inputSchema)) {
      const isClear = schema.enum !== undefined || schema.default !== undefined
      expect(schema.description || isClear ? '' : path).toBe('')
    }
  })

  it('is told by the turn who asks and where, and never by the model', () => {
    const names = valuesIn(tool.inputSchema).map(([path]) => path.split('.').at(-1) ?? '')
    expect(names.filter((one) => FROM_THE_TURN.test(one))).toEqual([])
  })

  it('is repeated after a crash, or asks for a yes', () => {
    expect(['read', 'change', 'outside']).toContain(tool.effect)
    expect(isRepeatable(tool)).toBe(tool.effect !== 'outside')
    expect(approvalFor(tool)).toBe(tool.effect === 'outside' ? 'once' : 'never')
  })

  it.each(LANGUAGES)('says in %s what it is at, and what it would do', (language) => {
    const [status, question] = [tool.status, tool.asks].map((say) => say?.(SAMPLES[name], language))
    expect(status?.length).toBeGreaterThan(1)
    expect(question).toMatch(/[?？]$/)
    expect(status).not.toMatch(/undefined|otter/)
    expect(tool.examples?.[language].length).toBe(tool.examples?.en.length)
    if (language === 'en') return
    expect(status).not.toBe(tool.status?.(SAMPLES[name], 'en'))
    expect(question).not.toBe(tool.asks?.(SAMPLES[name], 'en'))
  })

  it('tells the model what to do when it cannot be done', async () => {
    const { input, says, asker } = IMPOSSIBLE[name] ?? { input: {}, says: /^$/ }
    const context = { ...OUT_OF_ORDER, asker: { ...OUT_OF_ORDER.asker, ...asker } }
    const finish = await runTool([tool], callOf(name, input), context)
    expect(JSON.parse(finish().result)).toEqual({ ok: false, error: expect.stringMatching(says) })
  })

  it('tells the model which part of an input does not fit', async () => {
    const finish = await runTool([tool], callOf(name, { mood: 'glad' }), OUT_OF_ORDER)
    expect(finish().result).toMatch(/The input does not fit: .*mood/)
  })
})

it('finds the tools that there are', () => {
  expect(TOOLS.map(({ name }) => name).sort()).toEqual(Object.keys(SAMPLES).sort())
  expect(Object.keys(IMPOSSIBLE).sort()).toEqual(Object.keys(SAMPLES).sort())
})

/** They look at the whole of it, and say themselves what is too much. */
const BOUND_BY_ITSELF = new Set([
  'attach_file content',
  'search_conversation from',
  'search_conversation until',
])

const OUT_OF_ORDER: ToolContext = {
  ...EMPTY,
  campfire: {
    list: () => fails('unsupported', { method: 'GET', room: 1, names: 'cursor' }),
    boost: () => fails('gone', { method: 'POST', room: 1, names: 'message' }),
    attach: () => fails('refused', { method: 'POST', room: 1, names: 'message' }),
  },
  archive: { search: () => [] },
  now: 0,
  signal: new AbortController().signal,
}

async function fails(
  kind: ConstructorParameters<typeof CampfireError>[0],
  ask: Ask,
): Promise<never> {
  throw new CampfireError(kind, ask)
}

type Schema = Tool['inputSchema']

function objectsIn(schema: Schema): Schema[] {
  const inner = valuesIn(schema).map(([, value]) => value)
  return [schema, ...inner].filter(({ type }) => type === 'object')
}

/** Every value by its path, those of lists and within objects too. */
function valuesIn(schema: Schema, path = ''): [string, Schema][] {
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const at = path ? `${path}.${name}` : name
    return typeof value === 'object'
      ? [[at, value] as [string, Schema], ...valuesIn(value, at)]
      : []
  })
  const { items } = schema
  const listed =
    items && typeof items === 'object' && !Array.isArray(items) ? valuesIn(items, path) : []
  return [...named, ...listed]
}

function isTool(value: unknown): value is Tool {
  return typeof value === 'object' && value !== null && 'effect' in value && 'run' in value
}
