import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SessionMessage } from '../../src/model.ts'
import { NOTICES } from '../../src/prompt/notices.ts'
import { conversationOf } from '../../src/prompt/transcript.ts'
import type { PastTurn } from '../../src/tables/room/sessions.ts'
import type { Step } from '../../src/tables/room/step.ts'
import { step, use, using } from '../support/steps.ts'

const SONNET = 'claude-sonnet-5-5'
const HAIKU = 'claude-haiku-5-5'

function turn(prompt: string, steps: Step[], sentence: string | null = null): PastTurn {
  return { id: 1, prompt, steps, sentence }
}

function read(turns: PastTurn[], more: { summary?: string; notice?: string; model?: string } = {}) {
  const { summary = null, notice = null, model = SONNET } = more
  return readAs(model, { summary, turns, notice }).messages()
}

function readAs(model: string, transcript: Parameters<typeof conversationOf>[0]) {
  return conversationOf(transcript, { model, start: 'as told' })
}

/** The transcript as people would write it down: who, and what. */
function lines(messages: SessionMessage[]) {
  return messages.map(({ role, content }) => {
    const blocks = typeof content === 'string' ? [content] : content.map(brief)
    return `${role}: ${blocks.join(' | ')}`
  })
}

function brief(block: Exclude<SessionMessage['content'], string>[number]) {
  if (block.type === 'text') return block.text
  if (block.type === 'tool_use') return `uses ${block.name} ${block.id}`
  if (block.type === 'thinking') return `thinks ${block.thinking}`
  if (block.type === 'tool_result')
    return `${block.is_error ? 'failed' : 'done'} ${block.tool_use_id} ${block.content}`
  return block.type
}

describe('the session as the model reads it', () => {
  it('is question and answer, the newest last', () => {
    expect(lines(read([turn('one?', [step('One.')]), turn('two?', [])]))).toEqual([
      'user: one?',
      'assistant: One.',
      'user: two?',
    ])
  })

  it('begins with the session before in short, in the same message as the first question', () => {
    expect(lines(read([turn('one?', [])], { summary: 'They spoke of tea.' }))).toEqual([
      'user: <summary of="earlier conversation">\nThey spoke of tea.\n</summary> | one?',
    ])
    expect(lines(read([turn('one?', [])], { summary: '' }))).toEqual(['user: one?'])
  })

  it('has the results of tools in the order in which they were asked for', () => {
    const steps = [
      using(use('a', 'ok', 1), use('b', 'error', 2), use('c', 'unknown', 3)),
      step('Done.'),
    ]
    expect(lines(read([turn('do it', steps)]))).toEqual([
      'user: do it',
      'assistant: uses a toolu_1 | uses b toolu_2 | uses c toolu_3',
      'user: done toolu_1 {"ok":true} | failed toolu_2 {"ok":false} | failed toolu_3 {"ok":false}',
      'assistant: Done.',
    ])
  })

  it('has what we said to the model, before and after', () => {
    const steps = [
      using(use('a', 'ok')),
      step('Once upon', { stop: 'max_tokens' }),
      step('a time.', { notice: NOTICES.goOn }),
    ]
    expect(lines(read([turn('tell me', steps)], { notice: NOTICES.lastCall }))).toEqual([
      'user: tell me',
      'assistant: uses a toolu_1',
      'user: done toolu_1 {"ok":true}',
      'assistant: Once upon',
      `user: ${NOTICES.goOn}`,
      'assistant: a time.',
      `user: ${NOTICES.lastCall}`,
    ])
    const before = read([turn('do it', [using(use('a', 'ok'))])], { notice: NOTICES.lastCall })
    expect(lines(before).at(-1)).toBe(`user: done toolu_1 {"ok":true} | ${NOTICES.lastCall}`)
  })

  it.each(['failed', 'lost', 'stopped', 'asked'] as const)(
    'leaves out a step that was %s',
    (state) => {
      const steps = [step('Broken', { state, notice: NOTICES.goOn }), step('Whole.')]
      expect(lines(read([turn('hi', steps)]))).toEqual(['user: hi', 'assistant: Whole.'])
    },
  )

  it('leaves out the call that told the session before in short', () => {
    const steps = [step('They spoke.', { kind: 'summary' }), step('Hi.')]
    expect(lines(read([turn('hi', steps)]))).toEqual(['user: hi', 'assistant: Hi.'])
  })

  it('has what the room was told instead as the words of the bot, once', () => {
    const stopped = step('Once upon', { state: 'stopped' })
    expect(
      lines(read([turn('hi', [stopped], 'Once upon\n\n(stopped)'), turn('again', [])])),
    ).toEqual(['user: hi', 'assistant: Once upon\n\n(stopped)', 'user: again'])
  })

  it('merges what is said in a row, when a turn had no answer at all', () => {
    expect(lines(read([turn('hi', []), turn('anyone?', [])]))).toEqual(['user: hi | anyone?'])
  })

  it('goes on after a pause without a word from us', () => {
    const paused = step('Searching.', { stop: 'pause_turn' })
    expect(lines(read([turn('find it', [paused])]))).toEqual([
      'user: find it',
      'assistant: Searching.',
    ])
  })

  it('gives no model the thoughts of another', () => {
    const thinking = { type: 'thinking' as const, thinking: 'Hm.', signature: 'sig' }
    const redacted = { type: 'redacted_thinking' as const, data: 'x' }
    const { prefix } = readAs(SONNET, { summary: null, turns: [turn('what?', [])], notice: null })
    const said = step([thinking, redacted, { type: 'text', text: 'Tea.' }], { prefix })
    const turns = [turn('what?', [said])]

    expect(lines(read(turns))[1]).toBe('assistant: thinks Hm. | redacted_thinking | Tea.')
    expect(lines(read(turns, { model: HAIKU }))[1]).toBe('assistant: Tea.')
    expect(lines(read([turn('what?', [step([thinking])])], { model: HAIKU }))).toEqual([
      'user: what?',
    ])
    expect(said.content).toHaveLength(3)
  })

  it('leaves out what the model refused, so that it does not refuse for ever', () => {
    const refused = step('Well, you', { stop: 'refusal' })
    expect(
      lines(read([turn('how to rob', [using(use('a', 'ok')), refused]), turn('tea?', [])])),
    ).toEqual([`user: ${NOTICES.leftOut}`, `assistant: ${NOTICES.declined}`, 'user: tea?'])
  })
})

// Whatever a session looked like, the API must take it, and the prompt cache must hold.
const anyStep = fc
  .record({
    said: fc.constantFrom('', 'Hello.'),
    uses: fc.array(fc.constantFrom('ok', 'error', 'unknown'), { maxLength: 3 }),
    kind: fc.constantFrom('talk', 'last', 'summary'),
    state: fc.constantFrom('answered', 'failed', 'lost', 'stopped'),
    stop: fc.constantFrom('end_turn', 'max_tokens', 'refusal', 'tool_use'),
    notice: fc.constantFrom(null, NOTICES.goOn),
    model: fc.constantFrom(SONNET, HAIKU),
  })
  .map(({ said, uses, ...changes }) => {
    const asked = using(...uses.map((state, index) => use('a', state, index + 1)))
    const words = step(said).content
    const heard = changes.state === 'answered'
    return {
      ...asked,
      ...changes,
      content: [...words, ...asked.content],
      uses: heard ? asked.uses : [],
    }
  })
const anyTurn = fc
  .record({ prompt: fc.constantFrom('one?', 'two?'), steps: fc.array(anyStep), told: fc.boolean() })
  .map(({ prompt, steps, told }) => turn(prompt, steps, told ? 'I could not.' : null))
const anyTurns = fc.array(anyTurn, { minLength: 1, maxLength: 5 })

describe('whatever was said', () => {
  it('every tool use has its result in the next message', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const messages = read(turns)
        return messages.every(({ content }, index) => {
          const uses = blocksOf(content).flatMap((block) =>
            block.type === 'tool_use' ? [block.id] : [],
          )
          const results = blocksOf(messages[index + 1]?.content ?? []).flatMap((block) =>
            block.type === 'tool_result' ? [block.tool_use_id] : [],
          )
          return uses.join() === results.join()
        })
      }),
    )
  })

  it('a person speaks first, nobody says nothing, and people are never two messages in a row', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const messages = read(turns)
        const doubled = messages.some(
          ({ role, content }, index) =>
            role === 'user' && messages[index - 1]?.role === 'user' && !isResults(content),
        )
        return (
          messages[0]?.role === 'user' &&
          !doubled &&
          messages.every(({ content }) => content.length > 0)
        )
      }),
    )
  })

  it('what was sent once is sent the same ever after', () => {
    fc.assert(
      fc.property(anyTurns, anyTurns, (before, after) => {
        const once = JSON.stringify(read(before)).slice(0, -'}]}]'.length)
        const later = JSON.stringify(read([...before, ...after]))
        return later.startsWith(once)
      }),
    )
  })

  it('reading changes nothing', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const before = JSON.stringify(turns)
        read(turns, { summary: 'They spoke.', notice: NOTICES.goOn })
        return JSON.stringify(turns) === before
      }),
    )
  })
})

function blocksOf(content: SessionMessage['content']) {
  return typeof content === 'string' ? [] : content
}

function isResults(content: SessionMessage['content']) {
  return blocksOf(content)[0]?.type === 'tool_result'
}
