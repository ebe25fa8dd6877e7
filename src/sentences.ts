import { aboutIn, type Bot } from './bots.ts'
import { quiet } from './campfire.ts'
import type { InEach } from './languages.ts'
import { de } from './sentences/de.ts'
import { en } from './sentences/en.ts'
import { es } from './sentences/es.ts'
import { fr } from './sentences/fr.ts'
import type { Sentences } from './sentences/interface.ts'
import { it } from './sentences/it.ts'
import { ja } from './sentences/ja.ts'
import { languageBefore, languageIn } from './sentences/language.ts'
import { nl } from './sentences/nl.ts'
import { pt } from './sentences/pt.ts'
import { zh } from './sentences/zh.ts'
import type { Skill } from './skills/skill.ts'
import type { Turns } from './tables/room/turns.ts'
import type { Tool } from './tools.ts'

export type { ApprovalWords, Sentences, WhyReason, WhyWords } from './sentences/interface.ts'
export { languageIn } from './sentences/language.ts'
export { politeWords, wordsOf } from './sentences/whole-message.ts'

/** Who speaks: to know the asker's language turns are read, so it is only asked for where it is needed. */
export interface Voice {
  readonly sentences: Sentences
}

/** For a language that we do not speak, or do not know. */
export const SENTENCES = en

const ALL: InEach<Sentences> = { en, de, es, fr, it, ja, nl, pt, zh }

export const EVERY_LANGUAGE = Object.values(ALL)

export function sentencesFor(language: string | null): Sentences {
  return language && Object.hasOwn(ALL, language) ? ALL[language as keyof typeof ALL] : SENTENCES
}

/** In the language of the asker, as far as what the model was asked tells it. */
export function sentencesAfter(prompt: string | null): Sentences {
  return sentencesFor(languageIn(prompt))
}

/** Whoever has said nothing that tells a language in so many turns is answered in English. */
const LOOKS_BACK = 20

/** Where the question tells nothing, as of a word or two, this person's earlier prompts do. */
export function sentencesAmong(
  turns: Pick<Turns, 'newest'>,
  asker: number,
  language: string | null,
) {
  const earlier = () =>
    turns
      .newest(LOOKS_BACK)
      .reverse()
      .flatMap(({ prompt }) => prompt ?? [])
  return sentencesFor(language ?? languageBefore(earlier(), asker))
}

export function help(
  bot: Pick<Bot, 'name' | 'about'> & {
    tools?: Exemplary[]
    skills?: Pick<Skill, 'examples'>[]
    mcp?: Pick<Bot['mcp'][number], 'name' | 'about'>[]
    serverTools?: Bot['serverTools']
  },
  direct: boolean,
  { help, language }: Sentences = SENTENCES,
) {
  const where = direct ? 'direct' : 'room'
  return [
    help.who(quiet(bot.name), aboutIn(bot, language)),
    help[where],
    ...examplesOf(bot.tools ?? []),
    ...serversOf(bot.mcp ?? []),
    help.words(help.forgets[where]),
    help.limits,
  ].join('\n\n')

  function serversOf(servers: Pick<Bot['mcp'][number], 'name' | 'about'>[]) {
    const named = servers.map(
      ({ name, about }) => `**${quiet(name)}**${about ? ` (${quiet(about, LONGEST_ABOUT)})` : ''}`,
    )
    return named.length ? [help.servers(named.join(', '))] : []
  }

  function examplesOf(tools: Exemplary[]) {
    const oftenFirst = tools.toSorted((a, b) => Number(a.isSeldom) - Number(b.isSeldom))
    const all = inTurn(oftenFirst.map(({ examples }) => examples?.[language] ?? []))
    const skilled = (bot.skills ?? []).flatMap(({ examples }) => examples[language] ?? [])
    const { webSearch, code } = bot.serverTools ?? {}
    const own = [...(webSearch ? [help.web] : []), ...(code ? [help.code] : [])]
    const asked = [...all.slice(0, MOST_EXAMPLES - own.length), ...own, ...skilled.slice(0, 1)]
    return asked.length ? [[help.examples, ...asked.map((one) => `- *${one}*`)].join('\n')] : []
  }
}

type Exemplary = Pick<Tool, 'examples' | 'isSeldom'>

/** The first of each, then the second of each: so that few of them show as many tools as they can. */
function inTurn<T>(all: T[][]): T[] {
  const most = Math.max(0, ...all.map(({ length }) => length))
  return Array.from({ length: most }, (_, at) => all.flatMap((one) => one.slice(at, at + 1))).flat()
}

const LONGEST_ABOUT = 80

/** More than a glance nobody reads: so many of tools, and one of what it has learned. */
const MOST_EXAMPLES = 5
