import hljs from './highlighter.js'
import { type Element, element, isText, parse, write } from './markup.ts'

/** Colours each `pre` as Campfire's page does: by its class, or else by a guess. */
export function highlighted(html: string): string {
  return write(parse(html), (node) =>
    node.name === 'pre' && node.children.every(isText) ? coloured(node) : null,
  )
}

function coloured(pre: Element) {
  const { class: names = '', ...others } = pre.attribs
  const code = pre.children.map((child) => (isText(child) ? child.data : '')).join('')
  const wanted = languageIn(names)
  if (wanted === 'none') return null

  const { value, language } = wanted
    ? hljs.highlight(code, { language: wanted, ignoreIllegals: true })
    : hljs.highlightAuto(code)
  const all = new Set([...names.split(/\s+/).filter(Boolean), 'hljs', `language-${language}`])
  return element('pre', { ...others, class: [...all].join(' ') }, value)
}

/** highlight.js' reading of a class; a language that it does not know, such as plaintext, is none. */
function languageIn(names: string) {
  const named = /\blang(?:uage)?-([\w-]+)\b/i.exec(names)?.[1]
  if (named) return hljs.getLanguage(named) ? named : 'none'
  const plain = names.split(/\s+/)
  if (plain.some((name) => /^no-?highlight$/i.test(name))) return 'none'
  return plain.find((name) => hljs.getLanguage(name))
}
