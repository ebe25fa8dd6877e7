import { Lexer, type Token, Tokenizer } from 'marked'

const DEEPEST = 20
const MOST_WORK = 600_000_000

/** Throws on what marked would take seconds for, such as 100 KB of `*a_`. */
export function lex(markdown: string): Token[] {
  return lexer().lex(markdown)
}

/** The blocks alone: their inline text is not looked at, which makes this cheap at any length. */
export function lexBlocks(markdown: string): Token[] {
  const reader = lexer()
  return reader.blockTokens(markdown, reader.tokens)
}

function lexer() {
  return new Lexer({ gfm: true, breaks: true, tokenizer: new FrugalTokenizer() })
}

// A clock would be simpler, but in a Worker it stands still while code runs.
class FrugalTokenizer extends Tokenizer {
  #depth = 0
  #work = 0

  override blockquote(src: string) {
    return this.#nest(() => super.blockquote(src))
  }

  override list(src: string) {
    return this.#nest(() => super.list(src))
  }

  // The first thing that marked tries at every inline position. Where emphasis may begin it then
  // looks through all that follows, some thirty times as slowly as it passes over plain text.
  override escape(src: string) {
    this.#work += 1000 + src.length * (/^[*_]/.test(src) ? 30 : 1)
    if (this.#work > MOST_WORK) throw new Error('This Markdown takes too long to read')

    return super.escape(src)
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
