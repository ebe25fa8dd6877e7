import fc from 'fast-check'
import { expect, it } from 'vitest'
import { conversationOf, stepPosition, type Transcript } from '../../src/prompt/transcript.ts'
import type { PastTurn } from '../../src/tables/room/sessions.ts'
import type { Step } from '../../src/tables/room/step.ts'
import { runs } from '../support/extent.ts'
import { compacted } from '../support/model/compaction.ts'
import { misplacedThinkingIn, signed } from '../support/model/thinking.ts'
import type { Block, Body } from '../support/sse.ts'
import { step, use } from '../support/steps.ts'

// Whatever happens to a session: no request carries a thought behind other words than those it was
// thought behind, nor with one left out between. Whether it does is asked of the stand-in for the API, which
// knows nothing of how we tell.

const MODELS = ['claude-sonnet-5-5', 'claude-haiku-5-5']

type Deed =
  | {
      what: 'turn'
      model: number
      steps: Taken[]
      sentence: boolean
      order: number
      /** Something is known about the asker, and said until the turn is over. */
      about: boolean
      /** A result is about the asker, and a stub when the turn is over. */
      personal: boolean
    }
  | { what: 'delete'; turn: number }
  | { what: 'compact'; keeps: number; signed: boolean; stubs: boolean; pin: boolean }
  | { what: 'deploy' }
  | { what: 'other tools' }
  | { what: 'lose'; turn: number }
  | { what: 'leave out thinking' }

interface Taken {
  thinks: number
  says: boolean
  uses: number
  large: boolean
  stop: 'end_turn' | 'max_tokens' | 'refusal'
  notice: boolean
}

const taken: fc.Arbitrary<Taken> = fc.record({
  thinks: fc.nat(2),
  says: fc.boolean(),
  uses: fc.nat(2),
  large: fc.boolean(),
  stop: fc.constantFrom('end_turn', 'end_turn', 'max_tokens', 'refusal'),
  notice: fc.boolean(),
})
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('turn' as const),
      model: fc.nat(1),
      steps: fc.array(taken, { minLength: 1, maxLength: 4 }),
      sentence: fc.boolean(),
      order: fc.nat(3),
      about: fc.boolean(),
      personal: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('delete' as const), turn: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('compact' as const),
      keeps: fc.nat(2),
      signed: fc.boolean(),
      stubs: fc.boolean(),
      pin: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('deploy' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('other tools' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('lose' as const), turn: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('leave out thinking' as const) }) },
)

class Talk {
  turns: PastTurn[] = []
  version = 1
  toolbox = 1
  preface: Omit<Transcript, 'turns' | 'notice'> = { summary: null }
  thoughts = 0
  sent = 0

  do(deed: Deed) {
    const { turns } = this
    switch (deed.what) {
      case 'turn':
        return this.#take(deed)
      case 'delete': {
        const turn = turns[deed.turn]
        if (turn) turn.prompt = turn.prompt.replace(/words/, '')
        return
      }
      case 'compact':
        return this.#compact(deed)
      case 'deploy':
        this.version++
        return
      case 'other tools':
        this.toolbox++
        return
      case 'lose':
        turns.splice(deed.turn, 1)
        return
      case 'leave out thinking':
        this.preface.thinkingFrom = stepPosition((turns.at(-1)?.id ?? 0) + 1, 0)
    }
  }

  body(model: string, turns: Transcript['turns'], notice: string | null) {
    const conversation = conversationOf(
      { ...this.preface, turns, notice },
      { model, start: `v${this.version}.${this.toolbox}` },
    )
    const body = {
      model,
      max_tokens: 1,
      system: `version ${this.version}`,
      tools: [{ name: `tool_${this.toolbox}`, input_schema: { type: 'object' } }],
      messages: conversation.messages(),
    } as unknown as Body
    this.sent += JSON.stringify(body.messages).split('"thinking"').length - 1
    expect(misplacedThinkingIn(body)).toBeNull()
    return { body, prefix: conversation.prefix }
  }

  #take({ model, steps, sentence, order, about, personal }: Extract<Deed, { what: 'turn' }>) {
    const id = (this.turns.at(-1)?.id ?? 0) + 1
    const turn: PastTurn = { id, prompt: `words of ${id}`, steps: [], sentence: null }
    const open = about ? { ...turn, about: `about the asker of ${id}` } : turn
    for (const [index, one] of steps.entries()) {
      const number = index + 1
      const name = MODELS[index > 1 ? 1 - model : model] ?? ''
      const notice = one.notice ? `notice ${id}.${number}` : null
      const { body, prefix } = this.body(name, [...this.turns, open], notice)
      const content = signed(body, this.#answer(one, `${id}_${number}`, order))
      turn.steps.push(this.#step(one, { number, model: name, notice, prefix, content, id }))
      if (one.stop === 'refusal') break
    }
    if (sentence) turn.sentence = 'That is all.'
    const [first] = turn.steps.flatMap(({ uses }) => uses)
    if (personal && first) first.result = '{"ok":true,"result":"not kept"}'
    this.turns.push(turn)
  }

  #answer({ thinks, says, uses }: Taken, id: string, order: number): Block[] {
    const thoughts = Array.from({ length: thinks }, (): Block => {
      return { type: 'thinking', thinking: `thought ${++this.thoughts}`, signature: '' }
    })
    const words: Block[] = says ? [{ type: 'text', text: `Answer ${id}.` }] : []
    const asked = Array.from({ length: uses }, (_, at): Block => {
      return { type: 'tool_use', id: `toolu_${id}_${at}`, name: 'boost', input: { at } }
    })
    const [first, ...others] = thoughts
    const ordered = [...(first ? [first] : []), ...words, ...(order > 1 ? others : []), ...asked]
    return ordered
  }

  #step(
    { uses, large, stop }: Taken,
    made: Pick<Step, 'number' | 'model' | 'notice' | 'prefix'> & { content: Block[]; id: number },
  ): Step {
    const { content, id, ...row } = made
    const results = Array.from({ length: uses }, (_, at) => ({
      ...use('boost', 'ok', at + 1),
      id: `toolu_${id}_${row.number}_${at}`,
      result: large ? 'x'.repeat(9_000) : '{"ok":true}',
    }))
    return step(content as never, { ...row, stop, uses: results })
  }

  #compact({ keeps, signed: isSigned, stubs, pin }: Extract<Deed, { what: 'compact' }>) {
    const kept = keeps ? this.turns.slice(-keeps) : []
    const next = (this.turns.at(-1)?.id ?? 0) + 1
    if (kept.length === this.turns.length) return
    const model = MODELS[0] ?? ''
    const { body } = this.body(model, this.turns, null)
    const [block] = compacted(body, 'In short.', {} as never, true).content
    this.turns = kept
    this.preface = {
      summary: 'In short.',
      signed: isSigned && block ? { block, model } : null,
      pins: pin ? '1. A fact.' : null,
      pinsBefore: next,
      stubsBefore: stubs ? next : 0,
      thinkingFrom: this.preface.thinkingFrom ?? 0,
    }
  }
}

it('no thought is ever sent behind other words than those it was thought behind', () => {
  let sent = 0
  fc.assert(
    fc.property(fc.array(deed, { minLength: 2, maxLength: 14 }), (deeds) => {
      const talk = new Talk()
      for (const one of deeds) talk.do(one)
      for (const model of MODELS) talk.body(model, talk.turns, null)
      sent += talk.sent
    }),
    runs(3_000),
  )
  // Nor is it kept by sending none.
  expect(sent).toBeGreaterThan(1_000)
})

it('a talk that only grows has all of its thoughts sent', () => {
  const talk = new Talk()
  const plain: Taken = {
    thinks: 1,
    says: true,
    uses: 1,
    large: true,
    stop: 'end_turn',
    notice: true,
  }
  for (let n = 0; n < 6; n++) {
    talk.do({ ...TURN, steps: [plain, plain] })
  }
  const { body } = talk.body(MODELS[0] ?? '', talk.turns, null)
  expect(JSON.stringify(body.messages).match(/"thought \d+"/g)).toHaveLength(12)
})

it('a talk in which something is told of the asker has the thoughts of the turn that is open', () => {
  const talk = new Talk()
  const plain: Taken = {
    thinks: 1,
    says: true,
    uses: 1,
    large: false,
    stop: 'end_turn',
    notice: false,
  }
  talk.do({ ...TURN, steps: [plain], about: true })
  talk.sent = 0
  talk.do({ ...TURN, steps: [plain, plain], about: true })
  // The first step sends none, since what was said before has changed; the second sends that of the first.
  expect(talk.sent).toBe(WORDS_OF_A_THOUGHT)
})

/** Its type, and itself. */
const WORDS_OF_A_THOUGHT = 2

const TURN = {
  what: 'turn' as const,
  model: 0,
  sentence: true,
  order: 0,
  about: false,
  personal: false,
}
