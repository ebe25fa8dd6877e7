import type { AnswerBlock, SessionMessage, Spot, TurnEnds } from '../model.ts'
import type { Step } from '../tables/room/step.ts'
import { withToolsThere } from './conversation/found-tools.ts'
import { withoutGoneTools } from './conversation/gone-tools.ts'
import { Fingerprint } from './fingerprint.ts'
import { withAddressesClosed } from './said.ts'

export { withoutFilesGone } from './conversation/files-gone.ts'

type Block = Exclude<SessionMessage['content'], string>[number]

export type Shown = Block[]

/** One run of blocks of one side, and what was thought in it. */
interface Piece {
  role: 'user' | 'assistant'
  blocks: Block[]
  /** Whose words they are. Null: of no turn. */
  turn: number | null
  /** With what was thought between them. Null: nothing that this model could read. */
  thought: { blocks: Block[]; isValid: boolean } | null
}

/**
 * The messages of a request, and a fingerprint of them.
 *
 * What a model thought is valid behind the very prefix it was made with: the instructions, the tools,
 * each earlier message, and no thinking left out between what is sent; the API refuses all else. Many
 * things change a prefix: a compaction, words that were deleted, a deploy, rows that cannot be read. So
 * each step keeps the fingerprint of what stood before it, and here it is compared with what stands there
 * now. A change in one place changes the prefix of all that follows, so what is still sent is what was
 * thought before the change, and none is missing from between.
 */
export class Conversation {
  #model: string
  #thinkingFrom: number
  #print: Fingerprint
  #pieces: Piece[] = []
  #layout: { messages: SessionMessage[]; spots: Spot[] } | null = null
  #turn: number | null = null
  /** The pieces in which a turn's own message ends. */
  #own: number[] = []
  #isDeferring: boolean
  #toolNames: ReadonlySet<string> | null
  #opensPages: boolean

  constructor(of: {
    model: string
    start: string
    thinkingFrom: number
    isDeferring: boolean
    /** Of the tools that are offered. Null: whatever was used or found is there. */
    toolNames: ReadonlySet<string> | null
    opensPages: boolean
  }) {
    this.#isDeferring = of.isDeferring
    this.#toolNames = of.toolNames
    this.#opensPages = of.opensPages
    this.#model = of.model
    this.#thinkingFrom = of.thinkingFrom
    this.#print = new Fingerprint().add(of.start)
  }

  /** A hash of all that stands here, thinking aside. */
  get prefix() {
    return this.#print.value
  }

  /**
   * An answer comes last, and the API takes that for words put into a mouth: all but one that was at a tool of the API's,
   * which goes on from there.
   */
  get endsInWords() {
    const last = this.#pieces.at(-1)
    if (last?.role !== 'assistant') return false
    return !last.blocks.some(({ type }) => type === 'server_tool_use')
  }

  /** What follows is of this turn. */
  turnTo(turn: number | null) {
    this.#turn = turn
  }

  /** Whose words the message with this number is; where several turns share one, the last. */
  turnAt(message: number): number | null {
    let count = -1
    let last: Piece | undefined
    for (const piece of this.#pieces) {
      if (piece.role === 'assistant' || last?.role !== 'user') count++
      if (count > message) break
      last = piece
    }
    return count < message ? null : (last?.turn ?? null)
  }

  /** A signed compaction, of a beta, so not among the blocks that the types know. */
  begin(compaction: { type: 'compaction' }) {
    this.#add('assistant', [compaction as unknown as Block])
  }

  /** What is said to the model in a row is one message. */
  hear(text: string) {
    const told = this.#opensPages ? withAddressesClosed(text) : text
    this.#add('user', [{ type: 'text', text: told }])
  }

  /** What a turn begins with; and behind it, for as long as it lasts, what its asker has told of themselves. */
  hearAsked(
    prompt: string,
    { files = [], about }: { files?: Shown; about?: string | undefined } = {},
  ) {
    this.hear(prompt)
    if (files.length) this.#add('user', files)
    this.#own.push(this.#pieces.length - 1)
    if (about) this.hear(about)
  }

  say(text: string) {
    this.#add('assistant', [{ type: 'text', text }])
  }

  give(results: Block[]) {
    if (results.length && this.#toolNames?.size !== 0) this.#add('user', results)
  }

  /** An answer as it came. Nor does the API take back one that never got beyond thinking. */
  answer({ content, model, prefix }: Step, position: number) {
    const searched = this.#isDeferring ? content : content.filter((block) => !isToolSearch(block))
    const there = withToolsThere(searched, this.#toolNames)
    const known = withoutGoneTools(there, this.#toolNames)
    const blocks = known.filter((block) => !isThinking(block)) as Block[]
    if (!blocks.length) return

    const isReadable = model === this.#model && blocks.length < known.length
    // Of what is thought in it some stands behind what was found.
    const isAsSaid = there === searched && prefix === this.prefix
    const isValid = isAsSaid && position >= this.#thinkingFrom
    this.#add('assistant', blocks, isReadable ? { blocks: known as Block[], isValid } : null)
  }

  messages(): SessionMessage[] {
    return this.#laidOut().messages
  }

  /** `isLeftOut`: something was told of the newest asker. */
  ends(isLeftOut: boolean): TurnEnds {
    const { spots } = this.#laidOut()
    const [before = null, newest = null] = [-2, -1].map((at) => spots[this.#own.at(at) ?? -1])
    return { before, newest, isLeftOut }
  }

  #laidOut() {
    this.#layout ??= this.#layOut()
    return this.#layout
  }

  #layOut() {
    const messages: SessionMessage[] = []
    const spots: Spot[] = []
    for (const { role, blocks, thought } of this.#pieces) {
      const content = thought?.isValid ? thought.blocks : blocks
      const last = messages.at(-1)
      if (role === 'user' && last?.role === 'user' && Array.isArray(last.content)) {
        last.content.push(...content)
      } else {
        messages.push({ role, content: [...content] })
      }
      const { length } = messages.at(-1)?.content ?? []
      spots.push({ message: messages.length - 1, block: length - 1 })
    }
    return { messages, spots }
  }

  #add(role: Piece['role'], blocks: Block[], thought: Piece['thought'] = null) {
    this.#pieces.push({ role, blocks, turn: this.#turn, thought })
    this.#layout = null
    this.#print.add(role)
    for (const block of blocks) this.#print.add(JSON.stringify(block))
  }
}

/** Of the API's search: nothing that it takes back from whoever does not let it search any more. */
function isToolSearch(block: AnswerBlock) {
  if (block.type === 'tool_search_tool_result') return true
  return block.type === 'server_tool_use' && block.name.startsWith('tool_search')
}

function isThinking({ type }: AnswerBlock) {
  return type.includes('thinking')
}
