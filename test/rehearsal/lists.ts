import { z } from 'zod'
import type { Block } from '../support/sse.ts'
import type { Asking } from './memory.ts'
import { useOf } from './use.ts'

export type Line = [RegExp, (asking: Asking, match: RegExpExecArray) => string | Block | Block[]]

/** "Add wood and tea to our list, for Ada", "show the shopping list", "2 is done", "what is open for me?" */
export const LISTS: Line[] = [
  [
    /^(?:please )?(?:add|put) (.+?) (?:to|on|onto) (?:the|our|my) (?:(\S+) )?list\b(.*)/is,
    (asking, [, texts = '', list, rest = '']) => {
      const input = { ...named(list), ...whoseIn(rest), ...dueIn(rest) }
      const added = use(asking, { action: 'add', texts: itemsIn(texts), ...input })
      const shown = use(asking, { action: 'show', ...named(list) })
      const isToShow = /\bshow\b/i.test(rest) && typeof added !== 'string'
      return isToShow && typeof shown !== 'string' ? [added, shown] : added
    },
  ],
  [
    /\b(?:the|our|my) (?:(\S+) )?list as a (?:csv )?file/i,
    (asking, [, list]) => use(asking, { action: 'show', as: 'file', ...named(list) }),
  ],
  [
    /(?:show|what(?:'| i)?s on) (?:me )?(?:the|our|my) (?:(\S+) )?list\b/i,
    (asking, [, list]) => use(asking, { action: 'show', ...named(list) }),
  ],
  [
    /^(?:number )?(\d+)(?: on (?:the|our|my) (?:(\S+) )?list)? is done|^(?:tick off|done with) (\d+)/i,
    (asking, [, number, list, other]) =>
      use(asking, { action: 'done', numbers: [Number(number ?? other)], ...named(list) }),
  ],
  [
    /^what(?:'| i)?s (?:open|left)(?: to do)?( for me)?/i,
    (asking, [, mine]) =>
      use(asking, { action: 'show', which: 'open', ...(mine && { assignee: 'me' }) }),
  ],
  [
    /^what (?:did we finish|was finished|is done)( this week)?/i,
    (asking, [, week]) =>
      use(asking, { action: 'show', which: 'done', ...(week && { from: mondayOf(asking.day) }) }),
  ],
  [
    /^(?:please )?(?:give|assign) (\d+) to @?(\S+?)[.!]?$/i,
    (asking, [, number, assignee]) =>
      use(asking, { action: 'assign', numbers: [Number(number)], assignee }),
  ],
  [
    /^(\d+) is due (?:on |by )?(\d{4}-\d\d-\d\d|none)/i,
    (asking, [, number, due]) => use(asking, { action: 'due', numbers: [Number(number)], due }),
  ],
  [
    /^(?:please )?move (\d+) to (?:the|our|my) (\S+) list/i,
    (asking, [, number, to]) => use(asking, { action: 'move', numbers: [Number(number)], to }),
  ],
  [
    /^(?:please )?(?:rename|change) (\d+) (?:in)?to (.+)/is,
    (asking, [, number, to]) => use(asking, { action: 'rename', numbers: [Number(number)], to }),
  ],
  [
    /^(?:please )?(?:remove|delete) (\d+) from (?:the|our|my) (?:(\S+) )?list/i,
    (asking, [, number, list]) =>
      use(asking, { action: 'remove', numbers: [Number(number)], ...named(list) }),
  ],
]

function use(asking: Asking, input: object): string | Block {
  const use = useOf(asking, /^list$/)
  return typeof use !== 'string' && use.type === 'tool_use' ? { ...use, input } : use
}

/** Without quotes around them. */
function itemsIn(texts: string) {
  return texts
    .split(/,\s*(?:and )?| and /)
    .map((text) => text.replace(/^["“”']+|["“”']+$/g, '').trim())
    .filter(Boolean)
    .slice(0, 20)
}

function named(list: string | undefined) {
  return list && !/^(?:to-?do|team'?s|whole)$/i.test(list) ? { list } : {}
}

function whoseIn(rest: string) {
  const [, assignee] = /\bfor @?(me|\p{Lu}[\p{L}\p{M}]*)/u.exec(rest) ?? []
  return assignee ? { assignee } : {}
}

function dueIn(rest: string) {
  const [, due] = /\b(?:by|until) (\d{4}-\d\d-\d\d)/i.exec(rest) ?? []
  return due ? { due } : {}
}

function mondayOf(day: string | null) {
  const date = new Date(`${day ?? new Date().toISOString().slice(0, 10)}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

const Item = z.object({ number: z.int(), text: z.string(), assignee: z.string().optional() })
const Told = z.object({
  told: z.string().default(''),
  link: z.string().optional(),
  items: z.array(Item).default([]),
})
const Found = z.array(z.object({ list: z.string(), items: z.array(Item).default([]) }))
const Envelope = z.object({ result: z.union([Told, Found]) })

/** What became of a list, in a few words. Null: nothing that this can read. */
export function reportOnList(text: string): string | null {
  const { data } = Envelope.safeParse(jsonIn(text))
  if (!data) return null
  if (Array.isArray(data.result)) {
    return data.result
      .map(({ list, items }) => [`**${list}**`, '', ...items.map(asLine)].join('\n'))
      .join('\n\n')
  }
  const { told, link, items } = data.result
  const [first = ''] = told.split(/(?<=[.!?]) /)
  // What stands in the room is not said twice.
  return link ? `${first} [Look at it](${link})` : [first, '', ...items.map(asLine)].join('\n')
}

function asLine({ number, text, assignee }: z.infer<typeof Item>) {
  return `- **${number}** ${text}${assignee ? ` · ${assignee}` : ''}`
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
