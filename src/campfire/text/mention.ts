import * as z from 'zod'
import { Id, shortName } from '../message.ts'
import { type Element, find, isElement, type Node, parse, textIn } from './node.ts'

/** A mention chip. Its sgid is what it takes to mention that person in turn. */
export interface Mention {
  userId: number
  sgid: string
  name: string | null
}

/** Several times as long as any that Campfire signs. */
const LONGEST_SGID = 1_000

const SignedId = z.object({ _rails: z.object({ data: z.string() }) })

/** An element that holds no text of its author's: a mention, in any form, or another attachment. */
export function isMentionTag(tag: string, attributes: Record<string, string>): boolean {
  if (tag === 'action-text-attachment') return true
  return /(?:^|\s)mention(?:\s|$)/.test(attributes.class ?? '') && 'sgid' in attributes
}

export function isMention(node: Node): boolean {
  if (!isElement(node)) return false
  if (node.tag !== 'action-text-attachment') return isMentionTag(node.tag, node.attributes)

  return /mention$/.test(node.attributes['content-type'] ?? '') || chipIn(node) !== null
}

export function mentionOf(element: Element): Omit<Mention, 'userId'> & { userId: number | null } {
  const chip = chipIn(element) ?? element
  // In the list only the inner chip is sure to have the signed sgid.
  const sgid = chip.attributes.sgid ?? element.attributes.sgid ?? ''
  return { userId: userIdIn(sgid), sgid, name: nameIn(chip) ?? nameInside(element) }
}

function nameInside(element: Element) {
  const content = contentOf(element)
  return content ? nameIn(parse(content)) : null
}

/** Everybody mentioned, once, in order. */
export function mentionsIn(node: Node): Mention[] {
  const found = new Map<number, Mention>()
  for (const { userId, sgid, name } of allIn(node).map(mentionOf)) {
    if (userId !== null && !found.has(userId)) found.set(userId, { userId, sgid, name })
  }
  return [...found.values()]
}

function allIn(node: Node): Element[] {
  if (!isElement(node)) return []
  return isMention(node) ? [node] : node.children.flatMap(allIn)
}

function chipIn(element: Element) {
  const isChip = (inner: Element) =>
    inner !== element && inner.tag !== element.tag && isMentionTag(inner.tag, inner.attributes)
  return find(element, isChip)
}

function nameIn(element: Element) {
  const image = find(element, ({ tag }) => tag === 'img')
  return shortName(textIn(element) || image?.attributes.alt?.trim() || '') || null
}

/** HTML from Trix, and the same as a JSON string from Lexxy. */
function contentOf({ attributes: { content = '' } }: Element) {
  if (!content.startsWith('"')) return content

  try {
    return String(JSON.parse(content))
  } catch {
    return ''
  }
}

/** Null for sgids of older Rails, which hold marshalled Ruby, and for anything else. */
export function userIdIn(sgid: string) {
  const [data = ''] = sgid.split('--')
  // Each failure below costs as much as reading a page.
  if (sgid.length > LONGEST_SGID || !/^eyJ|^\s*[\w+/]{40}/.test(data)) return null
  try {
    const json = JSON.parse(atob(data.replaceAll('-', '+').replaceAll('_', '/')))
    const id = /^gid:\/\/[\w-]+\/User\/(\d+)(?:\?|$)/.exec(SignedId.parse(json)._rails.data)?.[1]
    return Id.safeParse(Number(id)).data ?? null
  } catch {
    return null
  }
}
