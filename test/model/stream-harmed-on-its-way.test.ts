import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, ModelError, textOf } from '../../src/model.ts'
import { withWholeServerTools } from '../../src/prompt/server-tools.ts'
import { HARMS, type Harm, harmed, inChunks, type Line } from '../support/harm.ts'
import { refusalOf } from '../support/model/refusal.ts'
import { cited, searched } from '../support/model/server-tools.ts'
import { type Block, type Body, eventsOf } from '../support/sse.ts'
import { step } from '../support/steps.ts'
import { hello, sends, USAGE } from './sent.ts'

describe('whatever happens to a stream on its way', () => {
  const blocks = fc.array(
    fc.oneof(
      fc.nat({ max: 6 }).map((words) => ({ type: 'text' as const, words })),
      fc.constant({ type: 'thinking' as const, words: 2 }),
      fc.constant({ type: 'tool_use' as const, words: 1 }),
      fc.constantFrom('search' as const, 'cited' as const).map((type) => ({ type, words: 1 })),
    ),
    { maxLength: 5 },
  )
  const harms = fc.array(
    fc.record<Harm>({
      does: fc.constantFrom(...HARMS),
      at: fc.nat(),
      field: fc.nat(),
    }),
    { maxLength: 4 },
  )

  it('nobody reads what nobody said, no block is lost, and none ends too early', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        blocks,
        harms,
        fc.integer({ min: 1, max: 40 }),
        async (shape, harms, size) => {
          const lines = harms.reduce(harmed, linesOf(contentOf(shape)))
          const heard: string[] = []
          const answer = await sends(inChunks(lines, size))
            .ask(hello, { onText: (words) => heard.push(words) })
            .catch((error: unknown) => error)

          expect(heard.join('')).not.toMatch(/undefined|null|NaN|object/)
          if (answer instanceof Error) expect(answer).toBeInstanceOf(ModelError)
          else expectWhole(answer as Answer, lines, harms)
        },
      ),
      { numRuns: 600 },
    )
  })

  function expectWhole(answer: Answer, lines: Line[], harms: Harm[]) {
    const said = textOf(answer.content)
    expect(said).not.toMatch(/undefined|null|NaN|object/)
    expect(lines.some(({ event }) => isWord(asObject(event.delta).stop_reason))).toBe(true)
    for (const word of wordsIn(lines)) expect(said).toContain(word)
    const ids = answer.content.flatMap((block) => (block.type === 'tool_use' ? block.id : []))
    for (const id of harms.some(({ does }) => does === 'drop') ? [] : idsIn(lines)) {
      expect(ids).toContain(id)
    }
    expect(refusalOf(sentBack(answer))).toBeNull()
  }
})

function contentOf(shape: { type: Block['type'] | 'search' | 'cited'; words: number }[]): Block[] {
  return shape.flatMap(({ type, words }, number): Block[] => {
    if (type === 'search') return searched('otters', { id: `srvtoolu_${number}` })
    if (type === 'cited') return [cited('Otters.')]
    return [blockOf(type, words, number)]
  })

  function blockOf(type: Block['type'], words: number, number: number): Block {
    const said = Array.from({ length: words }, (_, at) => `w${number}x${at}y`).join(' ')
    if (type === 'thinking') return { type, thinking: said, signature: `sig${number}` }
    if (type !== 'tool_use') return { type: 'text', text: said }
    return { type, id: `toolu_${number}z`, name: 'boost', input: { n: number, of: 'x'.repeat(9) } }
  }
}

function linesOf(content: Block[]): Line[] {
  const uses = content.some(({ type }) => type === 'tool_use')
  const stopReason = uses ? 'tool_use' : 'end_turn'
  const reply = { id: 'msg_1', model: hello.model, content, stopReason, usage: USAGE }
  return [...eventsOf(reply)].map((event) => ({ name: event.type, event }))
}

/** What was said in deltas that are still to be told as such. */
function wordsIn(lines: Line[]) {
  return lines.flatMap(({ name, event }) => {
    const { type, text } = asObject(event.delta)
    const isDelta = (event.type || name) === 'content_block_delta'
    const isText = type === 'text_delta' || !type
    return isDelta && isText && typeof text === 'string' ? (text.match(/w\d+x\d+y/g) ?? []) : []
  })
}

function idsIn(lines: Line[]) {
  return lines.flatMap(({ name, event }) => {
    const block = asObject(event.content_block)
    const isStart = (event.type || name) === 'content_block_start'
    const isUse = block.type === 'tool_use' || (!block.type && 'name' in block && 'input' in block)
    return isStart && isUse && isWord(block.id) ? [String(block.id)] : []
  })
}

function sentBack(answer: Answer): Body {
  const [{ content } = answer] = withWholeServerTools([step(answer.content)], false)
  const results = content.flatMap((block) => {
    if (block.type !== 'tool_use') return []
    return { type: 'tool_result' as const, tool_use_id: block.id, content: 'ok' }
  })
  const isSaid = content.some(({ type }) => type !== 'thinking')
  return {
    model: hello.model,
    max_tokens: 10,
    stream: true,
    tools: [
      { name: 'boost', input_schema: { type: 'object' } },
      { type: 'web_search_20260318', name: 'web_search' },
    ],
    messages: [
      { role: 'user', content: 'hello' },
      ...(isSaid ? [{ role: 'assistant' as const, content: content as never }] : []),
      { role: 'user', content: [...results, { type: 'text', text: 'And?' }] },
    ],
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function isWord(value: unknown) {
  return typeof value === 'string' && value !== ''
}
