import { fenced, quiet } from '../campfire.ts'
import { SENTENCES, type Sentences } from '../sentences.ts'
import type { Approval } from '../tables/room/approvals.ts'
import type { Tool } from '../tools.ts'
import { readable } from './input.ts'

type Wish = Pick<Approval, 'tool' | 'input'> & Partial<Pick<Approval, 'goes'>>

/** Who is asked, and how they answer. */
interface Asked {
  tools: Tool[]
  /** Whoever wanted it done, by name where several people read along. */
  asker: string | null
  /** Others who may say yes; null for one whose name is not known. */
  approvers: (string | null)[]
  /** What a yes begins with: the bot's name, nothing in a direct, null where the name is not known. */
  bot: string | null
  direct: boolean
}

const MOST_APPROVERS = 3
/** Characters of all inputs together, so that one message holds a request of a few. */
const LONGEST_INPUTS = 1_500

/**
 * What will happen in a sentence, who may say yes and how, and then the exact input. Whatever the model
 * or a person wrote is quieted or fenced: it can neither end its block nor ask for anything else.
 */
export function requestFor(wishes: Wish[], asked: Asked, sentences: Sentences = SENTENCES) {
  const answer = howToAnswer(asked, sentences)
  const [first] = wishes
  if (first && wishes.length === 1) {
    const question = questionFor(first, asked.tools, sentences)
    return [`${question} ${answer}`, inputOf(first, LONGEST_INPUTS, sentences)].join('\n\n')
  }
  const longest = Math.floor(LONGEST_INPUTS / wishes.length)
  return [
    `${sentences.approval.several(wishes.length)} ${answer}`,
    ...wishes.map((wish, index) => {
      const question = questionFor(wish, asked.tools, sentences)
      return `**${index + 1}.** ${question}\n\n${inputOf(wish, longest, sentences)}`
    }),
  ].join('\n\n')
}

/** In the tool's own words, as far as it has any and can read the input still. */
function questionFor({ tool: name, input, goes }: Wish, tools: Tool[], sentences: Sentences) {
  const tool = tools.find((one) => one.name === name)
  const read = tool?.input.safeParse(input)
  const question =
    (read?.success && tool?.asks?.(read.data, sentences.language)) ||
    sentences.approval.run(quiet(name))
  return goes?.length ? `${question} ${goesIn(goes, sentences)}` : question
}

/** What people would lose, in a sentence. */
function goesIn(goes: string[], { approval }: Sentences) {
  const shown = goes.slice(0, MOST_NAMED).map((words) => `**${quiet(words, LONGEST_NAMED)}**`)
  const more = goes.length - shown.length
  return approval.goes([...shown, ...(more ? [approval.more(more)] : [])].join(', '))
}

const MOST_NAMED = 5
const LONGEST_NAMED = 80

function howToAnswer({ asker, approvers, bot, direct }: Asked, { approval }: Sentences) {
  const names = approvers.map((name) => (name ? quiet(name) : approval.someone))
  const few = names.length > MOST_APPROVERS ? [...names.slice(0, MOST_APPROVERS - 1)] : names
  const others = [...new Set(few.length < names.length ? [...few, approval.someone] : few)]
  const who = approval.who(asker && quiet(asker), others)
  if (direct) return approval.direct(who)
  return bot ? approval.mention(who, quiet(bot)) : approval.unnamed(who)
}

function inputOf({ input }: Wish, longest: number, { approval, locale }: Sentences) {
  const { text, hidden } = readable(input, longest)
  const cut = hidden ? [approval.cut(hidden.toLocaleString(locale))] : []
  return [approval.input, fenced(text), ...cut].join('\n\n')
}

/** What the model is told when the answer is there. */
export function outcomeNotice(approved: { name: string; input: unknown; result: string | null }[]) {
  const lines = approved.map(
    ({ name, input, result }) => `${name} ${JSON.stringify(input)} → ${result ?? ''}`,
  )
  return `Your request was approved, and has been run as it was asked for:\n${lines.join('\n')}`
}

export function refusalNotice(refused: Wish[]) {
  return `Your request was refused, and nothing was done. Do not ask again unless you are told to:\n${inLines(refused)}`
}

export const NOTHING_APPROVED =
  'This answers no request of yours that is open: nothing was approved, and nothing was run. If a request ' +
  'still waits, it can be approved by a yes that quotes it; if something is to be run that was not approved, ' +
  'call its tool again, which asks again.'

export function withdrawalNotice(withdrawn: Wish[]) {
  return `Your request was withdrawn, since the asker went on without a yes: nothing was approved, and nothing was run. If it is still wanted, call the tool again, which asks again:\n${inLines(withdrawn)}`
}

function inLines(wishes: Wish[]) {
  return wishes.map(({ tool, input }) => `${tool} ${JSON.stringify(input)}`).join('\n')
}

type Late = Pick<Approval, 'tool'> & { hadYes?: boolean }

/** What the room reads when nobody has said yes in time, or only while nothing could be spent on it. */
export function lateSentence(late: Late[], { approval }: Sentences = SENTENCES) {
  const [unpaid, unanswered] = [
    late.filter(({ hadYes }) => hadYes),
    late.filter((one) => !one.hadYes),
  ]
  return [
    ...(unanswered.length ? [approval.late(toolsIn(unanswered))] : []),
    ...(unpaid.length ? [approval.unpaid(toolsIn(unpaid))] : []),
  ].join(' ')
}

function toolsIn(late: Late[]) {
  return [...new Set(late.map(({ tool }) => `**${quiet(tool)}**`))].join(', ')
}
