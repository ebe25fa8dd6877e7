import { describe, expect, it } from 'vitest'
import type { Usage } from '../../src/model.ts'
import { refusedAtBorder } from '../support/model/border.ts'
import { compacted } from '../support/model/compaction.ts'
import { signed } from '../support/model/thinking.ts'
import type { Block, Body } from '../support/sse.ts'

type Messages = Body['messages']

const tool = { name: 'boost', input_schema: { type: 'object' as const } }
const base: Body = {
  model: 'claude-sonnet-5-5',
  max_tokens: 10,
  stream: true,
  system: 'You are Bender.',
  tools: [tool],
  messages: [],
}
const BETA = new Headers({ 'anthropic-beta': 'compact-2026-09-04' })
const thought: Block = { type: 'thinking', thinking: '', signature: '' }
const text = (text: string) => ({ type: 'text' as const, text })
const use = (id: string): Block => ({ type: 'tool_use', id, name: 'boost', input: {} })
const asks = (words: string, ...more: object[]) => ({
  role: 'user' as const,
  content: [text(words), ...(more as never[])],
})
const picture = (changes: object) => ({
  type: 'image',
  source: { type: 'base64', media_type: 'image/png', data: 'eA==', ...changes },
})
const result = (id: string) => ({
  role: 'user' as const,
  content: [{ type: 'tool_result' as const, tool_use_id: id, content: 'ok' }],
})

const reference = { type: 'tool_reference', tool_name: 'boost' }

/** What it says behind these, thinking first. */
function answers(messages: Messages, ...content: Block[]): Messages {
  const said = signed({ ...base, messages }, [thought, ...content])
  return [...messages, { role: 'assistant', content: said as never }]
}

/** Two thoughts in a turn with a tool, one in the next, and a question. */
function conversation(): Messages {
  const asked = answers([asks('one')], text('Let me see.'), use('t1'))
  const first = answers([...asked, result('t1')], text('Seen.'))
  return [...answers([...first, asks('two')], text('And that.')), asks('three')]
}

const refusal = (messages: Messages, changes: Partial<Body> = {}, headers = new Headers()) =>
  refusedAtBorder({ ...base, messages, ...changes }, headers, { bindsThinking: true })

/** Without the n-th thought, or those for which it is so. */
function without(messages: Messages, isOut: (number: number) => boolean): Messages {
  let number = 0
  return messages.map((message) => {
    if (typeof message.content === 'string') return message
    const content = message.content.filter(({ type }) => type !== 'thinking' || !isOut(number++))
    return { ...message, content } as Messages[number]
  })
}

describe('a thought is taken back', () => {
  it('behind what it was thought behind, however that is written down', () => {
    const messages = conversation()
    expect(refusal(messages)).toBeNull()
    const marked = messages.map((message) => {
      if (typeof message.content === 'string' || message.role !== 'user') return message
      const content = message.content.map((block) => ({
        ...block,
        cache_control: { type: 'ephemeral' as const },
      }))
      return { ...message, content } as Messages[number]
    })
    expect(refusal(marked)).toBeNull()
    expect(refusal(messages.with(0, { role: 'user', content: 'one' }))).toBeNull()
    expect(refusal(messages, { max_tokens: 99, tool_choice: { type: 'none' } })).toBeNull()
    const system: Body['system'] = [{ ...text('You are Bender.'), cache_control: null }]
    expect(refusal(messages, { system })).toBeNull()
  })

  it('or by another model, which cannot read it', () => {
    expect(refusal(conversation(), { model: 'claude-haiku-5-5' })).toBeNull()
  })

  it.each<[string, (number: number) => boolean]>([
    ['of the front', (number) => number === 0],
    ['of the front, all but the last', (number) => number < 2],
    ['at all', () => true],
    ['of the end', (number) => number === 2],
  ])('where none %s is there any more', (_, isOut) => {
    expect(refusal(without(conversation(), isOut))).toBeNull()
  })
})

describe('a thought is refused', () => {
  const BOUND =
    /^messages\.\d+\.content\.0: Invalid `signature` in `thinking` block\. The block is bound/

  it.each<[string, (messages: Messages) => Messages, Partial<Body>?]>([
    ['another system prompt', (messages) => messages, { system: 'You are Zoidberg.' }],
    ['no system prompt', (messages) => messages, { system: [] }],
    ['another tool', (messages) => messages, { tools: [tool, { ...tool, name: 'pin' }] }],
    ['other words', (messages) => messages.with(0, asks('one!'))],
    ['something pinned', (messages) => [asks('<pinned>'), ...messages]],
    ['a stub', (messages) => messages.with(2, { ...result('t1'), content: [stub] })],
    ['a turn less', (messages) => messages.slice(4)],
  ])('behind %s', (_, changed, changes) => {
    expect(refusal(changed(conversation()), changes)).toMatch(BOUND)
  })

  it('where one between others is left out', () => {
    const refused = refusal(without(conversation(), (number) => number === 1))
    expect(refused).toMatch(BOUND)
    expect(refused).toContain('preceded this one')
  })

  it('where it was never thought so', () => {
    const forged = { ...thought, signature: 'sig' }
    const messages = [asks('one'), { role: 'assistant' as const, content: [forged, text('x')] }]
    expect(refusal([...(messages as Messages), asks('two')])).toMatch(/Invalid `signature`\S* in/)
    const [asked, answer, ...rest] = JSON.parse(
      JSON.stringify(conversation()).replace('"thinking":""', '"thinking":"I lied"'),
    ) as Messages
    expect(refusal([asked, answer, ...rest] as Messages)).toMatch(/Invalid `signature`/)
  })

  const stub = { type: 'tool_result' as const, tool_use_id: 't1', content: '(left out)' }
})

describe('behind a compaction', () => {
  const all = conversation()
  const [block] = compacted({ ...base, messages: all }, 'They talked.', {} as Usage, true).content
  const summary = { role: 'assistant' as const, content: [block as never] }
  const kept = all.slice(4)

  it('what is kept follows at once, and is valid', () => {
    expect(refusal([summary, ...kept], {}, BETA)).toBeNull()
    const goesOn = answers([summary, ...kept], text('Three.'))
    expect(refusal([...goesOn, asks('four')], {}, BETA)).toBeNull()
  })

  it('and nothing stands between, nor is changed', () => {
    expect(refusal([summary, asks('<pinned>'), ...kept], {}, BETA)).toContain('bound')
    expect(refusal([summary, ...kept], { system: 'You are Zoidberg.' }, BETA)).toContain('bound')
    expect(refusal([summary, ...kept.with(0, asks('two!'))], {}, BETA)).toContain('bound')
  })

  it('what is thought later is bound to the summary', () => {
    const alone = [...answers([summary, asks('five')], text('Five.')), asks('six')]
    expect(refusal(alone, {}, BETA)).toBeNull()
    expect(refusal(alone.slice(1), {}, BETA)).toContain('bound')
  })

  it('and is taken only by name, first, once, and as it was given', () => {
    expect(refusal([summary, ...kept])).toMatch(/compaction: Extra inputs/)
    expect(refusal([asks('x'), summary, ...kept], {}, BETA)).toContain('misplaced')
    const forged = { ...summary, content: [{ ...(block as object), content: 'They fought.' }] }
    expect(refusal([forged as never, ...kept], {}, BETA)).toContain('differs')
  })
})

describe('and nothing is taken that is', () => {
  it.each<[string, Messages, RegExp]>([
    ['half an emoji', [asks('half \ud83d of it')], /no low surrogate/],
    ['a thought at the end', [...answers([asks('1')]), asks('2')], /final block/],
    [
      'a search without what it found',
      [
        asks('1'),
        {
          role: 'assistant',
          content: [
            { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
            text('So.'),
          ],
        },
        asks('2'),
      ],
      /without its result/,
    ],
    ['a kind of block that there is not', said({ type: 'new_kind', data: 'x' }), tag('new_kind')],
    [
      'one of a beta that was not asked for',
      said({ type: 'mcp_tool_use', id: 'm', name: 'x', server_name: 'y', input: {} }),
      tag('mcp_tool_use'),
    ],
    ['one without a kind', said({ text: 'So.' }), tag('undefined')],
    ['a picture of nothing', [asks('1', picture({ data: '' }))], /data: cannot be empty/],
    ['a picture of its own kind', [asks('1', picture({ media_type: 'image/x' }))], /media_type/],
    ['one that stands in results only', said(reference), tag('tool_reference')],
    ['one in a result that does not', found({ type: 'thinking', thinking: '' }), tag('thinking')],
    ['a field in a result', found({ ...text('x'), of: 1 }), /content\.0\.text\.of: Extra inputs/],
    ['a block without what it needs', said({ type: 'redacted_thinking' }), /data: Field required/],
    ['a picture in the system words', [asks('1'), inSystem({ type: 'image' })], tag('image')],
    ['a field of a message', [{ ...asks('1'), name: 'David' } as never], /name: Extra inputs/],
    [
      'a citation with its file',
      said({ ...text('So.'), citations: [{ type: 'char_location', file_id: 'f' }] }),
      /citations\.0\.char_location\.file_id: Extra inputs/,
    ],
    [
      'a citation of a kind that there is not',
      said({ ...text('So.'), citations: [{ type: 'hearsay' }] }),
      tag('hearsay'),
    ],
  ])('%s', (_, messages, words) => {
    expect(refusal(messages)).toMatch(words)
  })

  it.each<[string, Partial<Body>, RegExp]>([
    ['a kind of tool', { tools: [{ ...tool, type: 'dream' as never }] }, tag('dream')],
    ['a field of a tool', { tools: [{ ...tool, of: 'x' } as never] }, /custom\.of: Extra inputs/],
    ['a kind of system words', { system: [{ type: 'image' } as never] }, tag('image')],
    ['a field of a request', { of: 'x' } as never, /^of: Extra inputs/],
    ['a field of its thinking', { thinking: { type: 'adaptive', of: 1 } as never }, /adaptive\.of/],
    ['a way to think', { thinking: { type: 'deep' } as never }, /Input tag 'deep'/],
    [
      'a way to show it',
      { thinking: { type: 'adaptive', display: 'all' as never } },
      /display: In/,
    ],
    ['thinking turned off', { thinking: { type: 'disabled' } }, /disabled is not supported/],
    ['an effort', { output_config: { effort: 'heroic' as never } }, /^output_config\.effort/],
    ['a field of the output', { output_config: { of: 1 } as never }, /output_config\.of: Extra/],
    [
      'effort, of a model before it',
      { model: 'claude-haiku-4-5', output_config: { effort: 'low' } },
      /not support the effort/,
    ],
    [
      'adaptive thinking, of a model before it',
      { model: 'claude-haiku-4-5', thinking: { type: 'adaptive' } },
      /adaptive thinking is not supported/,
    ],
    ['a tool that must be used', { tool_choice: { type: 'any' } }, /forced tool use/],
    [
      'a mark of the cache',
      { cache_control: { type: 'for ever' } as never },
      /Input tag 'for ever'/,
    ],
    ['a field of the diagnostics', { diagnostics: { of: 1 } as never }, /diagnostics\.of: Extra/],
    [
      'a field of a tool of its own',
      { tools: [tool, { type: 'web_search_20260318', name: 'web_search', of: 1 } as never] },
      /web_search_20260318\.of: Extra/,
    ],
    [
      'half a length in a schema',
      {
        tools: [
          { ...tool, input_schema: { type: 'object', properties: { a: { maxLength: 0.5 } } } },
        ],
      },
      /JSON schema is invalid/,
    ],
  ])('nor %s', (_, changes, words) => {
    expect(refusal([asks('1')], changes)).toMatch(words)
  })

  it('what stands in a result may stand there', () => {
    expect(refusal(found(text('x'), reference))).toBeNull()
  })
})

function tag(type: string) {
  return new RegExp(
    `Input tag '${type}' found using 'type' does not match any of the expected tags`,
  )
}

function said(block: object): Messages {
  return [asks('1'), { role: 'assistant', content: [block as never] }, asks('2')]
}

function found(...content: object[]): Messages {
  const given = { ...result('t1').content[0], content: content as never } as never
  return [...answers([asks('1')], use('t1')), { role: 'user', content: [given] }]
}

function inSystem(block: object) {
  return { role: 'system' as const, content: [block as never] }
}
