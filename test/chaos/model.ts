import { setTimeout as pause } from 'node:timers/promises'
import { refusedAtBorder, thinkingFirst } from '../support/model/border.ts'
import { blocksOf } from '../support/model/refusal.ts'
import { searched } from '../support/model/server-tools.ts'
import { type Block, type Body, type Event, eventsOf, failure, streamed } from '../support/sse.ts'
import { Dice } from './dice.ts'
import { DISLIKED } from './strikes/firewall.ts'
import type { Tally } from './tally.ts'

type Fault = '429' | '529' | '500' | 'cut' | 'reset' | 'silence' | 'error event' | 'broken input'

const FAULTS: Record<Fault, number> = {
  '429': 3,
  '529': 3,
  '500': 2,
  cut: 3,
  reset: 2,
  silence: 1.5,
  'error event': 1.5,
  'broken input': 2,
}

type Kind = 'short' | 'slow' | 'long' | 'boost' | 'read' | 'file'
const KINDS: Record<Kind, number> = { short: 48, slow: 18, long: 10, boost: 9, read: 9, file: 6 }

/**
 * Stands in for the Messages API. What it answers follows from the messages that are asked alone, and
 * each paragraph says which those are: so the room itself tells what was answered, and how often.
 */
export class AnsweringModel {
  /** Faults and slowness. */
  isUnkind = true
  /** Requests that the real API would refuse: the session was torn by what was done to it. */
  refused: string[] = []
  /** How often a call about a message came to nothing. */
  readonly failures = new Map<number, number>()
  onSpeaking: () => void = () => {}
  /** Whom it answered with words that the firewall before Campfire dislikes. */
  readonly disliked = new Set<number>()
  #seed: string
  #tally: Tally
  #asked = new Map<string, number>()
  #ids = 0

  constructor(seed: string, tally: Tally) {
    this.#seed = seed
    this.#tally = tally
  }

  handle = async (request: Request): Promise<Response> => {
    const body = (await request.json()) as Body
    const refusal = refusedAtBorder(body, request.headers)
    if (refusal) {
      this.refused.push(refusal)
      return failure(400, { message: refusal })
    }
    const asked = askedIn(body)
    const name = asked.ids.join(', ')
    const times = (this.#asked.get(name) ?? 0) + 1
    this.#asked.set(name, times)
    const dice = new Dice(this.#seed, 'model', name, times)
    const fault = this.isUnkind ? dice.fall<Fault>(FAULTS) : null
    this.#tally.count('model', fault ?? 'answered')
    const fails = fault !== null && fault !== 'broken input'
    for (const id of fails ? asked.ids : []) {
      this.failures.set(id, (this.failures.get(id) ?? 0) + 1)
    }

    if (fault === '429') return failure(429, { retryAfter: dice.between(0, 1) })
    if (fault === '529' || fault === '500') return failure(Number(fault))
    return streamed(this.#speak(body, asked, { fault, dice }), request.signal)
  }

  async *#speak(body: Body, { ids, hasResults }: Asked, { fault, dice }: Mood) {
    const kind = new Dice(this.#seed, 'kind', ids[0] ?? 0).fall<Kind>(KINDS) ?? 'short'
    const mayUse = body.tool_choice === undefined && !hasResults
    const use = !mayUse ? null : this.#useFor(kind, ids[0] ?? 0)
    const broken = use && fault === 'broken input' ? { ...use, json: '{"count": 3, "aro' } : use
    const text = use ? `Looking into ${ids.join(', ')}.` : this.#answerTo(ids, kind)
    const mayLook = body.tools?.some((tool) => 'name' in tool && tool.name === 'web_search')
    const looks = mayLook && !use && new Dice(this.#seed, 'looks', ids[0] ?? 0).roll() < LOOKS
    const found = looks ? searched(`what of ${ids.join(', ')}`, { id: `srv_${++this.#ids}` }) : []
    const content: Block[] = [...found, { type: 'text', text }, ...(broken ? [broken] : [])]
    const events = [
      ...eventsOf({
        id: `msg_${++this.#ids}`,
        model: body.model,
        content: thinkingFirst(body, content),
        stopReason: use ? 'tool_use' : 'end_turn',
        usage: USAGE,
        pieces: text.match(kind === 'long' ? /[\s\S]{1,400}/g : /\S+\s*/g) ?? [text],
      }),
    ]
    const breaksAt = isBreaking(fault) ? dice.between(2, events.length - 2) : -1
    const paceMs = this.isUnkind && kind === 'slow' ? dice.between(15, 45) : 4
    for (const [at, event] of events.entries()) {
      if (at === breaksAt) return yield* breakOff(fault)
      if (event.type === 'content_block_delta') await pause(paceMs)
      if (at === Math.floor(events.length / 2)) this.onSpeaking()
      yield event
    }
  }

  #answerTo(ids: number[], kind: Kind) {
    const isDisliked = new Dice(this.#seed, 'disliked', ids[0] ?? 0).roll() < 0.025
    for (const id of isDisliked ? ids : []) this.disliked.add(id)
    return answerTo(ids, kind, isDisliked ? `${DISLIKED}. ` : '')
  }

  #useFor(kind: Kind, id: number): Extract<Block, { type: 'tool_use' }> | null {
    const as = (name: string, input: object) => ({
      type: 'tool_use' as const,
      id: `toolu_${++this.#ids}`,
      name,
      input,
    })
    if (kind === 'boost') return as('boost', { message_id: id, content: '👏' })
    if (kind === 'read') return as('read_messages', { count: 3 })
    if (kind !== 'file') return null
    return as('attach_file', { name: `note-${id}.txt`, type: 'text', content: `Note on ${id}.` })
  }
}

/** So many answers search the web first, by the API's own tool. */
const LOOKS = 0.2

interface Mood {
  fault: Fault | null
  dice: Dice
}

interface Asked {
  ids: number[]
  hasResults: boolean
}

/** The messages that the turn at work has to answer, those that were said meanwhile among them. */
function askedIn({ messages }: Body): Asked {
  const heard = messages.map(({ role, content }) => ({
    text: role === 'assistant' ? '' : textIn(content),
    results: blocksOf(content).some(({ type }) => type === 'tool_result'),
  }))
  const current = heard.slice(heard.findLastIndex(({ text }) => text.includes('<asked>')))
  return {
    ids: askedIds(current.map(({ text }) => text).join('\n')),
    hasResults: current.some(({ results }) => results),
  }
}

/** Of what stands in `<asked>`, from the last turn's on. */
function askedIds(text: string) {
  const groups = text
    .slice(text.lastIndexOf('<asked>'))
    .matchAll(/<asked\b[^>]*>([\s\S]*?)<\/asked>/g)
  const ids = [...groups].flatMap(([, said = '']) =>
    Array.from(said.matchAll(/<message id="(\d+)"/g), ([, id]) => Number(id)),
  )
  return [...new Set(ids)].sort((a, b) => a - b)
}

function textIn(content: unknown) {
  return blocksOf(content)
    .map(({ type, text }) => (type === 'text' ? String(text) : ''))
    .join('\n')
}

const PARAGRAPHS: Record<Kind, number> = {
  short: 1,
  slow: 4,
  long: 15,
  boost: 1,
  read: 2,
  file: 1,
}

function answerTo(ids: number[], kind: Kind, last: string) {
  const of = PARAGRAPHS[kind]
  const more = FILLER.repeat(kind === 'long' ? 8 : kind === 'slow' ? 2 : 1)
  return Array.from({ length: of }, (_, index) => {
    const words = index + 1 === of ? last + more : more
    return `Answer to ${ids.join(', ')}, part ${index + 1} of ${of}. ${words.trim()}`
  }).join('\n\n')
}

const FILLER = 'It is as it was said before, and nobody knows better. '

function isBreaking(fault: Fault | null) {
  return fault === 'cut' || fault === 'reset' || fault === 'silence' || fault === 'error event'
}

async function* breakOff(fault: Fault | null): AsyncGenerator<Event, void> {
  if (fault === 'cut') return
  if (fault === 'error event') {
    return yield { type: 'error', error: { type: 'overloaded_error', message: 'As planned' } }
  }
  if (fault === 'silence') await pause(3_000)
  throw new Error('The connection is lost')
}

const USAGE = {
  input_tokens: 100,
  output_tokens: 50,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation: null,
  inference_geo: null,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: null,
  speed: null,
} as unknown as Parameters<typeof eventsOf>[0]['usage']
