import { ATTACHMENT, attachmentOf } from './attachment.ts'
import { type Element, isElement, isText, type Node, parse } from './markup.ts'
import type { Content } from './messages.ts'
import type { People, Person } from './people.ts'

/** What Campfire calls the plain text of a message; entities are decoded, so it is not HTML-safe. */
export function plainOf({ html, file }: Content, people: People): string {
  return (html === null ? '' : plainText(html, people)) || (file?.name ?? '')
}

/** Campfire removes the name textually, so a bot called Al turns @Alice into ice. */
export function withoutMentionsOf(bot: Person, plain: string): string {
  return plain.replaceAll(`@${bot.name}`, '').replace(/^[\s\0]+|[\s\0]+$/gu, '')
}

/** Rails' plain_text_conversion.rb, where h2 to h6, pre and table cells get no break at all. */
export function plainText(html: string, people: People): string {
  return chomp(children(parse(html), 0))

  function children(nodes: Node[], depth: number): string {
    return nodes.map((node) => plain(node, depth)).join('')
  }

  function plain(node: Node, depth: number): string {
    if (isText(node)) return chomp(node.data)
    if (!isElement(node)) return ''
    const inner = () => chomp(children(node.children, depth))

    switch (node.name) {
      case 'script':
      case 'style':
        return ''
      case 'br':
        return '\n'
      case 'h1':
      case 'p':
        return `${inner()}\n\n`
      case 'div':
        return `${inner()}\n`
      case 'figcaption':
        return `[${inner()}]`
      case 'blockquote':
        return inQuotes(`${inner()}\n\n`)
      case 'ul':
      case 'ol':
        return `${depth > 0 ? '\n' : ''}${chomp(children(node.children, depth + 1))}\n\n`
      case 'li':
        return `${'  '.repeat(Math.max(0, depth - 1))}${bulletOf(node)} ${inner()}\n`
      case ATTACHMENT:
        return attached(node)
      default:
        return children(node.children, depth)
    }
  }

  function attached(node: Element): string {
    const attachment = attachmentOf(node, people)
    switch (attachment.kind) {
      case 'person':
        // Tags in a name are taken for tags.
        return `@${attachment.person.name.replace(/<[^>]*>/g, '')}`
      case 'image':
        return `[${attachment.caption || 'Image'}]`
      case 'card':
      case 'missing':
        return ''
      default:
        return '☒'
    }
  }
}

function chomp(text: string) {
  return text.replace(/\n+$/, '')
}

function inQuotes(text: string) {
  return text.trim() === '' ? '“”' : text.replace(/^(\s*)([\s\S]*\S)(\s*)$/, '$1“$2”$3')
}

function bulletOf(item: Element) {
  const list = item.parent
  if (!list || !('name' in list) || list.name !== 'ol') return '•'
  const items = list.children.filter((child) => isElement(child) && child.name === 'li')
  return `${items.indexOf(item) + 1}.`
}
