import { NOTICES } from '../../src/prompt/notices.ts'
import type { Block } from '../support/sse.ts'
import type { Conversation, Result } from './conversation.ts'
import { LISTS, type Line, reportOnList } from './lists.ts'
import { type Asking, firstOf, inShort, recall, talkOf } from './memory.ts'
import { cancel, everyDay, remind, reminderReport, reminders, snooze } from './reminders.ts'
import { readResult } from './result.ts'
import { tellFound } from './said.ts'
import { code, everything, list, sums, table } from './samples.ts'
import { useOf } from './use.ts'
import { foundFor, plot, searchWeb } from './web.ts'

/** What it says to whom: the first line that fits, so the order matters. */
const LINES: Line[] = [
  ...LISTS,
  [/what did i (ask|say|write)( you)? first|my first (message|question)/i, firstOf],
  [/(what|about what) did we (talk|speak)|talk(ed)? about|what did i (ask|say)/i, talkOf],
  [
    /what do you (know|remember) about me/i,
    (asking) => keep(asking, { action: 'recall', of: 'me' }),
  ],
  [/what do you (know|remember)\b/i, (asking) => keep(asking, { action: 'recall', of: 'room' })],
  [/^(?:please )?remind (me|us|everyone)\b(.+)/is, remind],
  [
    /\b(?:what|which|show|list)\b.*\breminders?\b/i,
    (asking) => reminders(asking, { action: 'show' }),
  ],
  [/^(?:please )?cancel (?:reminder |number )?(\d+)/i, cancel],
  [/^(?:please )?(?:snooze|again)\b(.*)/is, snooze],
  [/^(?:please )?every (hour|day|weekday)\b[ ,:]*(.+)/is, everyDay],
  [/^(?:please )?(?:remember|keep in mind|note)(?: that|:)? (.+)/is, remember],
  [/^forget (?:everything|all|what) you know about me/i, (asking) => keep(asking, FORGET_ME)],
  [/^forget (?:number |fact )?(\d+)( about me)?/i, forget],
  [
    /what('| i)?s my name|who am i\b/i,
    ({ author }) => `You are **${author}**: your message says so.`,
  ],
  [/how many messages/i, countOf],
  [/\bboost\b|\breact\b/i, (asking) => useOf(asking, /boost|react/)],
  [/^what (?:did|have) (?:i|we) miss/i, missed],
  [
    /^what did we say about (.+?)(?: in \w+)?[?.]?$/i,
    (asking, [, what]) => useOf(asking, /search|find/, what),
  ],
  [/read (the |this )?room|catch (me )?up|what happened/i, (asking) => useOf(asking, /read|list/)],
  [/\battach\b|\bas a file\b|\binto a spreadsheet\b/i, attach],
  [/\bmention @?(\p{L}[\p{L} ]*)/iu, mention],
  [/\bthe minutes\b/i, (asking) => useOf(asking, /^use_skill$/, 'minutes')],
  [/\breport of the (last )?week\b/i, (asking) => useOf(asking, /^use_skill$/, 'weekly-report')],
  [/\bsearch the web\b(?: for)?\s*(.*)/i, (asking, [, what = '']) => searchWeb(asking, what)],
  [/\b(?:plot|chart)\b(.*)/is, (asking, [, what = '']) => plot(asking, what)],
  [/\bsearch\b(?: for)?\s*(.*)/i, (asking, [, what]) => useOf(asking, /search|find/, what)],
  [/^(?:please )?(?:use|call|run) (?:the )?(?:tool )?["`]?([\w-]+)["`]?\s*(.*)/i, namedTool],
  [/\b(look at|open|read) .*\b(file|plan|photo|picture|spreadsheet|pdf|document)\b/i, askForFile],
  [/\btable\b/i, () => table],
  [/\bcode\b/i, () => code],
  [/something long|long (text|answer)|everything|markdown/i, () => everything],
  [/\blist\b/i, () => list],
  [/^(help|hi|hello|hey)\b|what can you do/i, hello],
  [/\bremember\b|\bin mind\b|still know/i, (asking) => recall(asking) ?? keepStated(asking)],
]

/** Stands before all that a rehearsal says, so that nobody takes it for an answer. */
const MARK = '*(rehearsed)*'

export function answerTo(conversation: Conversation): Block[] {
  if (conversation.isSummary) return [words(summaryOf(conversation))]
  if (conversation.paused) return foundFor(conversation.paused)
  if (conversation.results.length) return [says(conversation.results.map(reportOf).join('\n\n'))]

  if (conversation.given.length) return whatIsIn(conversation)

  const { asked } = conversation
  if (conversation.isDue) return [words(dueOf(conversation))]
  const file = asked.find((said) => said.file !== null)?.file
  const asking = {
    ...conversation,
    words: asked
      .map(({ text }) => text)
      .join('\n')
      .trim(),
    author: asked.at(-1)?.author ?? 'someone',
  }
  if (file) return [says(`Of **${file}** I only see the name.`)]
  if (!asking.words) return [says(hello(asking))]

  for (const [pattern, line] of LINES) {
    const match = pattern.exec(asking.words)
    if (!match) continue
    const answer = line(asking, match)
    return typeof answer === 'string' ? [says(answer)] : [says('Let me see.'), answer].flat()
  }
  return [says(recall(asking) ?? echo(asking))]
}

function askForFile(asking: Asking): string | Block {
  return useOf(asking, /^ask_for_file$/)
}

const SEEN = /^(png|jpeg|webp|gif|pdf)$/
const TABLE = /(^|\.)(csv|tsv|xlsx)$/i

/** Reads what can be read, with the tools that there are; of the rest what it is. */
function whatIsIn(conversation: Conversation): Block[] {
  const { given, tools } = conversation
  const lines = given.map(({ name, kind }) => `**${name}**, a file of the kind ${kind}`)
  const said = says(`Here is what is in it: ${lines.join('; ')}.`)
  const [first] = given.filter(({ kind, isReadable }) => isReadable && !SEEN.test(kind))
  if (!first || !conversation.mayUseTools) return [said]
  const wanted = TABLE.test(first.kind) || TABLE.test(first.name) ? 'read_table' : 'read_file'
  const reader = tools.find(({ name }) => name === wanted)
  if (!reader) return [said]
  const id = `toolu_${crypto.randomUUID().replaceAll('-', '')}`
  return [said, { type: 'tool_use', id, name: reader.name, input: { file: first.number } }]
}

const FORGET_ME = { action: 'forget', of: 'me' }

/** For good, by its memory; a bot without one keeps it as long as the conversation. */
function keep(asking: Asking, input: object): string | Block {
  const use = useOf(asking, /^memory$/)
  return typeof use !== 'string' && use.type === 'tool_use' ? { ...use, input } : use
}

/** What says I, my or me is about whoever says it; all else is of the room. */
function remember(asking: Asking, [, fact = '']: RegExpExecArray): string | Block {
  const setting = /^my (language|time zone|style) is (.+)/i.exec(fact.trim())
  const told = setting ? `${setting[1]}: ${setting[2]}` : fact.trim()
  const isPersonal = setting || /\b(i|i'm|my|me|mine)\b/i.test(fact)
  const input = { action: 'remember', fact: told.slice(0, 500) }
  return keep(asking, { ...input, ...(isPersonal ? { of: 'me' } : { of: 'room', always: true }) })
}

function forget(asking: Asking, [, number = '', mine]: RegExpExecArray): string | Block {
  return keep(asking, { action: 'forget', of: mine ? 'me' : 'room', number: Number(number) })
}

/** "… is at noon. Will you still know that?" */
function keepStated(asking: Asking): string | Block {
  const stated = asking.words.replace(/[^.!?]*\?\s*$/, '').trim()
  const hasMemory = asking.tools.some(({ name }) => name === 'memory')
  if (!stated || !hasMemory) return PROMISE
  return keep(asking, { action: 'remember', of: 'room', always: true, fact: stated.slice(0, 500) })
}

function countOf({ count, before, asked, context }: Asking): string {
  const said = before.length + asked.length
  return `I see ${count} messages in this request: people sent me ${said}, and said ${context.length} to others.`
}

function attach(asking: Asking): string | Block {
  const use = useOf(asking, /attach/)
  return typeof use !== 'string' && use.type === 'tool_use' ? { ...use, input: { ...sums } } : use
}

/** From this morning on, by its clock. */
function missed(asking: Asking): string | Block {
  const use = useOf(asking, /^read_messages$/)
  const input = asking.day ? { since: asking.day } : {}
  return typeof use !== 'string' && use.type === 'tool_use' ? { ...use, input } : use
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

function hello({ author }: Asking): string {
  return `Hello ${author}! ${INTRODUCTION}\n\n${TRY}`
}

function echo({ words }: Asking): string {
  return `You said: “${inShort(words)}”\n\n${INTRODUCTION} ${TRY}`
}

const INTRODUCTION = 'Claude is not here yet, so I only know what you tell me.'
const TRY =
  'Try “what did I ask first?”, “write a table”, “write some code”, “read the room”, “attach a file” or “add wood to our list”.'

const PROMISE =
  'Yes. I keep what you tell me here, also through a restart. Ask me about it whenever you like.'

function toolsOf({ tools }: Pick<Conversation, 'tools'>): string {
  const names = tools.map(({ name }) => `\`${name}\``).join(', ')
  return names ? `My tools here: ${names}.` : 'I have no tools here.'
}

/** In its own words where a tool has some; what it has found is shown as it came. */
function reportOf({ tool, ok, text }: Result): string {
  const { told, error, found, shows } = readResult(text)
  if (ok && tool === 'ask_for_file') return 'Of course. Which file would you like me to look at?'
  if (!ok) return `\`${tool}\` did not work: ${error ?? text}`
  const ofList = tool === 'list' ? reportOnList(text) : null
  if (ofList) return ofList.trim()
  // What it is to do, Claude does: here it is done by hand.
  if (told?.startsWith('Others read along here'))
    return 'I tell you that where nobody else reads along: ask me in a ping.'
  if (tool === 'memory' && told?.startsWith('Nothing of that is remembered'))
    return 'I remember nothing of that yet. Tell me, as in “remember that my style is short”.'
  if (told && tool === 'memory') return `${told} ${/^Kept/.test(told) ? PROMISE : ''}`.trim()
  if (tool === 'reminders' && found) return reminderReport(text)
  if (told) return `\`${tool}\` worked: ${told}`
  if (!found) return `\`${tool}\` worked.`
  const said = tellFound(tool, text)
  if (said) return said
  const words = (/^read_(table|file)$/.test(tool) && shows) || text
  const shown = words.length > 600 ? `${words.slice(0, 600)}…` : words
  const runs = Array.from(words.matchAll(/`+/g), ([run]) => run.length + 1)
  const fence = '`'.repeat(Math.max(3, ...runs))
  return `\`${tool}\` found:\n\n${fence}\n${shown}\n${fence}`
}

/** What a task finds to tell: what was said since. */
function dueOf({ asked, before, context }: Conversation): string {
  const said = [...before, ...context].filter(({ text }) => text).slice(-3)
  if (!said.length) return NOTICES.nothingToTell
  const lines = said.map(({ author, text }) => `- ${author}: ${inShort(text)}`)
  return `${MARK} It is time for “${inShort(asked.at(-1)?.text ?? '')}”:\n\n${lines.join('\n')}`
}

function summaryOf({ before, asked }: Conversation): string {
  const all = [...before, ...asked].filter(({ text }) => text)
  const [first, last] = [all[0], all.at(-1)]
  if (!first || !last) return 'Nothing was said.'
  const end = last === first ? '' : ` Last, ${last.author} said: “${inShort(last.text)}”`
  return `First, ${first.author} said: “${inShort(first.text)}”${end} (${all.length} messages.)`
}

function says(text: string): Block {
  return words(`${MARK} ${text}`)
}

function words(text: string): Block {
  return { type: 'text', text }
}
