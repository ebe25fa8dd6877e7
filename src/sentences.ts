import { de } from './sentences/de.ts'
import { es } from './sentences/es.ts'
import { fr } from './sentences/fr.ts'
import { it } from './sentences/it.ts'
import { ja } from './sentences/ja.ts'
import { languageBefore, languageIn } from './sentences/language.ts'
import { nl } from './sentences/nl.ts'
import { pt } from './sentences/pt.ts'
import { zh } from './sentences/zh.ts'

/**
 * What the bot says to the room in its own words, without the model: what happened, what becomes of
 * the request, whom to ask. The reference at the end is in the log, too.
 */
export const SENTENCES = {
  operator: (ref: string) =>
    `I can't answer right now: there is a problem that only my operator can solve. Please let them know, and ask me again when it is solved (${ref}).`,
  unavailable: (ref: string) =>
    `I couldn't answer: the model was not to be had, though I tried several times. Please ask me again later; if it goes on, tell my operator (${ref}).`,
  tooLong: (ref: string) =>
    `I couldn't answer: this is too long for me to read. Please ask me again with less of it (${ref}).`,
  failed: (ref: string) =>
    `Something went wrong and I couldn't answer. Please ask me again; if it goes on, tell my operator (${ref}).`,
  parked: (ref: string) =>
    `I set this aside, since I stumbled over it five times. Please say it another way, or tell my operator (${ref}).`,
  unpostable: (ref: string) =>
    `I had an answer, but Campfire would not take it. Please ask me again; if it goes on, tell my operator (${ref}).`,
  outOfReach: (ref: string) =>
    `I had an answer, but Campfire was out of my reach for more than a day. If you still want it, please ask me again (${ref}).`,
  tryingAgain: 'The model is busy; I am still trying.',
  refused: "I won't help with that: the model declined to answer.",
  empty: 'I have nothing to add to that.',
  stopped: 'Stopped.',
  /** Behind an answer that was stopped on the way. */
  stoppedHere: '(stopped)',
  forgotten: {
    direct: 'Forgotten: everything that was said here, and what I had kept of it.',
    room: 'Forgotten: I start afresh here, and what you said to me is gone from my archive.',
  },
  cutOff: '(I stopped here: the answer had reached its longest.)',
  /** Behind the last words of a turn that was at its limit and had no answer yet. */
  atEnd:
    '(I stopped here: I had reached my limit for one question. Tell me to go on, or ask for less at once.)',
  partlyForgotten: '(This conversation had grown too long, so I have let go of its oldest part.)',
  whole: 'The whole answer is in the file below.',
  help: {
    who: (name: string, about: string) => `I'm **${name}**. ${about}`,
    direct:
      'Just write to me here. I remember our conversation until it has been quiet for a while.',
    room: 'Mention me and I answer. I remember what is said to me here until it has been quiet for a while.',
    words: (forgets: string) =>
      `One word is enough for: \`help\` (this), \`stop\` (while I work on your question), \`why\` (how my last answer came about), \`forget\` (${forgets}).`,
    forgets: {
      direct: 'everything said here',
      room: 'start afresh, and drop what you said to me',
    },
    limits: "I can't open files that you post, and I see this room only.",
  },
}
export type Sentences = typeof SENTENCES

const TRANSLATED: Record<string, Sentences> = { de, es, fr, it, ja, nl, pt, zh }

/** English for a language that we do not speak, or do not know. */
export function sentencesFor(language: string | null): Sentences {
  return (language && TRANSLATED[language]) || SENTENCES
}

/** In the language of the asker, as far as what the model was asked tells it. */
export function sentencesAfter(prompt: string | null): Sentences {
  return sentencesFor(languageIn(prompt))
}

/** In the language that this person spoke in earlier turns. */
export function sentencesBefore(turns: { prompt: string }[], asker: number): Sentences {
  return sentencesFor(
    languageBefore(
      turns.map(({ prompt }) => prompt),
      asker,
    ),
  )
}

export function help(
  bot: { name: string; about: string },
  direct: boolean,
  { help }: Sentences = SENTENCES,
) {
  const where = direct ? 'direct' : 'room'
  return [
    help.who(bot.name, bot.about),
    help[where],
    help.words(help.forgets[where]),
    help.limits,
  ].join('\n\n')
}
