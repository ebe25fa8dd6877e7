import { Lexer, type Token, Tokenizer, type Tokens } from 'marked'
import { fenceIn, isNoFence } from './fences.ts'
import { parseInline } from './inline.ts'
import { withRoomForNumbers } from './items.ts'

const DEEPEST = 20

/** Blocks as marked sees them, with a few habits of models understood; inline text is read by us. */
export function lex(markdown: string): Token[] {
  return lexer().lex(markdown)
}

/** The blocks alone: their inline text is not looked at, which makes this cheap at any length. */
export function lexBlocks(markdown: string): Token[] {
  const reader = lexer()
  return reader.blockTokens(markdown, reader.tokens)
}

function lexer() {
  return new OwnLexer({ gfm: true, breaks: true, tokenizer: new OwnTokenizer() })
}

class OwnLexer extends Lexer {
  override inlineTokens(text: string, tokens: Token[] = []) {
    for (const token of parseInline(text, this.tokens.links)) tokens.push(token)
    return tokens
  }
}

class OwnTokenizer extends Tokenizer {
  #depth = 0

  override blockquote(src: string) {
    return this.#nest(() => super.blockquote(src))
  }

  /** What stands below a number is part of its item, also where it is indented by less than the number is wide. */
  override list(src: string) {
    const { text, lengthOf } = withRoomForNumbers(src)
    const list = this.#nest(() => super.list(text))
    return list && text !== src ? { ...list, raw: src.slice(0, lengthOf(list.raw)) } : list
  }

  /** A footnote is no link, whatever its words are. */
  override def(src: string) {
    return /^ {0,3}\[\^/.test(src) ? undefined : super.def(src)
  }

  /** Dashes under a line are a rule, as people and models mean them. */
  override lheading(src: string) {
    // Asked first: whatever `super` finds is read, also when it is thrown away.
    const underline = this.rules.block.lheading.exec(src)?.[2]
    return underline?.startsWith('=') ? super.lheading(src) : undefined
  }

  /** A line without a bar is no row any more. */
  override table(src: string) {
    const [head = ''] = /^[^\n]*\n[^\n]*\n?/.exec(src) ?? []
    const end =
      head.length + (/^(?:[^\n|]*\|[^\n]*(?:\n|$))*/.exec(src.slice(head.length))?.[0].length ?? 0)
    return super.table(src.slice(0, end))
  }

  override fences(src: string): Tokens.Code | undefined {
    return isNoFence(src) ? undefined : (fenceIn(src) ?? super.fences(src))
  }

  // What lies deeper is text, markers and all: Campfire answers 500 above 400 levels of HTML.
  #nest<T>(read: () => T) {
    if (this.#depth >= DEEPEST) return undefined

    this.#depth++
    try {
      return read()
    } finally {
      this.#depth--
    }
  }
}
