import type { Tokens } from 'marked'
import { escapeHtml } from './escape.ts'

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

export function code({ lang = '', text }: Tokens.Code) {
  const [name = '', ...rest] = lang.split(/\s+/)
  const language = LANGUAGES.get(name.toLowerCase())
  const start = language ? `<pre class="language-${language}">` : '<pre>'
  const caption = rest.length > 0 ? `<p>${escapeHtml(rest.join(' '))}</p>` : ''

  // No code element inside: Campfire colours only a pre that holds plain text.
  return `${caption}${start}${escapeHtml(text.replace(/(?<!\n)\n+$/, ''))}</pre>`
}
