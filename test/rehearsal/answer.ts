import type { Block } from '../support/sse.ts'
import type { Conversation, Result, Said } from './conversation.ts'
import { code, everything, list, sums, table } from './samples.ts'
import { useOf } from './use.ts'

interface Asking extends Conversation {
  /** The words that are answered, and whose they are. */
  words: string
  author: string
}
type Line = [RegExp, (asking: Asking, match: RegExpExecArray) => string | Block]

/** What it says to whom: the first line that fits, so the order matters. */
const LINES: Line[] = [
  [/what did i (ask|say|write)( you)? first|my first (message|question)/i, firstOf],
  [/(what|about what) did we (talk|speak)|talk(ed)? about|what did i (ask|say)/i, talkOf],
  [/what('| i)?s my name|who am i\b/i, ({ author }) => `You are **${author}**, says your message.`],
  [/how many messages/i, countOf],
  [/\bboost\b|\breact\b/i, (asking) => useOf(asking, /boost|react/)],
  [/read (the |this )?room|catch (me )?up|what happened/i, (asking) => useOf(asking, /read|list/)],
  [/\battach\b|\bas a file\b/i, attach],
  [/\bmention @?(\p{L}[\p{L} ]*)/iu, mention],
  [/\bsearch\b(?: for)?\s*(.*)/i, (asking, [, what]) => useOf(asking, /search|find/, what)],
  [/^(?:please )?(?:use|call|run) (?:the )?(?:tool )?["`]?([\w-]+)["`]?\s*(.*)/i, namedTool],
  [/\btable\b/i, () => table],
  [/\bcode\b/i, () => code],
  [/\blist\b/i, () => list],
  [/something long|long (text|answer)|everything|markdown/i, () => everything],
  [/^(help|hi|hello|hey)\b|what can you do/i, hello],
]

export function answerTo(conversation: Conversation): Block[] {
  if (conversation.isSummary) return [words(summaryOf(conversation))]
  if (conversation.results.length) return [words(conversation.results.map(reportOf).join('\n\n'))]

  const { asked } = conversation
  const file = asked.find((said) => said.file !== null)?.file
  const asking = {
    ...conversation,
    words: asked
      .map(({ text }) => text)
      .join('\n')
      .trim(),
    author: asked.at(-1)?.author ?? 'someone',
  }
  if (file)
    return [words(`I can't open **${file}**: of a file I only get the name. Paste its text.`)]
  if (!asking.words) return [words(hello(asking))]

  for (const [pattern, line] of LINES) {
    const match = pattern.exec(asking.words)
    if (!match) continue
    const answer = line(asking, match)
    if (typeof answer === 'string') return [words(answer)]
    return [words('Let me see.'), answer]
  }
  return [words(echo(asking))]
}

function firstOf({ before, asked, author }: Asking): string {
  const first = [...before, ...asked].find((said) => said.author === author)
  return before.length && first
    ? `The first that I was sent from you is:\n\n> ${inShort(first.text)}`
    : 'This is the first that I was sent from you.'
}

function talkOf({ before, context }: Asking): string {
  if (!before.length) return 'About nothing yet: nothing came before this in what I was sent.'
  const others = context.length ? `\n\nOthers said ${context.length} more meanwhile.` : ''
  return `So far I was asked:\n\n${before.slice(-8).map(asItem).join('\n')}${others}`
}

function countOf({ count, before, asked, context }: Asking): string {
  const said = before.length + asked.length
  return `I see ${count} messages in this request, with ${said} that people sent me and ${context.length} said to others.`
}

function attach(asking: Asking): string | Block {
  const use = useOf(asking, /attach/)
  return typeof use !== 'string' && use.type === 'tool_use' ? { ...use, input: { ...sums } } : use
}

function mention({ author }: Asking, [, name = '']: RegExpExecArray): string {
  return `@${name.trim()}, ${author} asked me to call you.`
}

function namedTool(asking: Asking, [, name = '', rest]: RegExpExecArray): string | Block {
  const { tools } = asking
  const exact = tools.find((tool) => tool.name === name || tool.name === name.replaceAll('-', '_'))
  if (exact) return useOf(asking, new RegExp(`^${exact.name}$`), rest)
  return `I have no tool \`${name}\`. ${toolsOf(asking)}`
}

function hello({ author, ...asking }: Asking): string {
  return `Hello ${author}! ${introduction(asking)}\n\n${toolsOf(asking)}\n\n${TRY}`
}

function echo({ words, ...asking }: Asking): string {
  return `You said: “${inShort(words)}”\n\n${introduction(asking)} ${TRY}`
}

function introduction({ bot }: Pick<Conversation, 'bot'>): string {
  return `${bot ? `I am ${bot}, in rehearsal` : 'This is a rehearsal'}: no \`ANTHROPIC_API_KEY\` is set.`
}

const TRY =
  'Try “what did I ask first?”, “read the room”, “search for …”, “boost that”, “write a table”, “attach a file”, “mention Ada” or “write something long”.'

function toolsOf({ tools }: Pick<Conversation, 'tools'>): string {
  const names = tools.map(({ name }) => `\`${name}\``).join(', ')
  return names ? `My tools here: ${names}.` : 'I have no tools here.'
}

function reportOf({ tool, ok, text }: Result): string {
  const shown = text.length > 600 ? `${text.slice(0, 600)}…` : text
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `\`${tool}\` ${ok ? 'answered' : 'failed'}:\n\n${fence}\n${shown}\n${fence}`
}

function summaryOf({ before, asked }: Conversation): string {
  const all = [...before, ...asked].filter(({ text }) => text)
  const [first, last] = [all[0], all.at(-1)]
  if (!first || !last) return 'Nothing was said.'
  const end = last === first ? '' : ` Last, ${last.author} said: “${inShort(last.text)}”`
  return `First, ${first.author} said: “${inShort(first.text)}”${end} (${all.length} messages.)`
}

function asItem({ author, text, file }: Said): string {
  return `- ${author}: ${inShort(text || (file ?? ''))}`
}

function inShort(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 159).trimEnd().toWellFormed()}…` : line
}

function words(text: string): Block {
  return { type: 'text', text }
}
