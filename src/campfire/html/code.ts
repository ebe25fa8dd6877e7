import type { Tokens } from 'marked'
import { escapeHtml } from './escape.ts'
import type { Mentions } from './mentions.ts'

// Those that Campfire colours, by every name that people give them.
const LANGUAGES = new Map(
  Object.entries({
    bash: 'bash sh shell zsh console shell-session',
    css: 'css',
    diff: 'diff patch',
    go: 'go golang',
    java: 'java',
    javascript: 'javascript js jsx mjs cjs typescript ts tsx',
    json: 'json jsonc json5',
    python: 'python py python3',
    ruby: 'ruby rb',
    rust: 'rust rs',
    sql: 'sql mysql postgresql postgres sqlite',
    xml: 'xml html xhtml svg',
  }).flatMap(([language, names]) => names.split(' ').map((name) => [name, language])),
)

export function code({ lang = '', text }: Tokens.Code, mentions: Mentions) {
  const [name = '', ...rest] = lang.split(/\s+/)
  const language = LANGUAGES.get(name.toLowerCase())
  const caption = rest.length > 0 ? `<p>${escapeHtml(mentions.plain(rest.join(' ')))}</p>` : ''
  return caption + preformatted(text.replace(/(?<!\n)\n+$/, ''), language)
}

/**
 * No code element inside: Campfire colours only a pre that holds plain text. One that names no language
 * it would colour by guess.
 */
export function preformatted(text: string, language = 'plaintext') {
  return `<pre class="language-${language}">${escapeHtml(text)}</pre>`
}
