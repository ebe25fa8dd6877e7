import type { Message } from '../../tables/room/message.ts'
import { NOTICES } from '../notices.ts'
import { saysNothing } from '../pointed.ts'
import type { Remark } from '../remarks.ts'

interface Heard {
  messages: Message[]
  pointed?: Remark[]
  isBlind?: boolean
}

/** What a person could not have said in words: that they posted a file, or point at something. */
export function hintsFor({ messages, pointed = [], isBlind = false }: Heard) {
  const hints = [
    ...fileHint([...pointed, ...messages]),
    ...pointingHint({ messages, pointed, isBlind }),
  ]
  return hints.map((hint) => `<hint>${hint}</hint>`)
}

function fileHint(all: Remark[]) {
  const files = all.filter(({ file }) => file)
  if (!files.length) return []
  return [NOTICES.nameOnly]
}

function pointingHint({ messages, pointed, isBlind }: Required<Heard>) {
  const points = messages.every(({ text, file }) => !file && saysNothing(text))
  if (!messages.length || !points) return []
  if (messages.some(({ quote }) => quote)) return [POINTS.quote]
  if (pointed.length) return [POINTS.words]
  if (messages.some(({ text }) => text)) return []
  return [isBlind ? POINTS.unseen : POINTS.nothing]
}

const ONLY_A_REACTION =
  'Only where it is plainly a reaction, as a thumb or a thank you, a word or two is enough.'

const POINTS = {
  quote: `They wrote next to nothing themselves: what they quoted is what they ask about. ${ONLY_A_REACTION}`,
  words: `They wrote next to nothing with your name: what they had said just before, and nobody has answered, is the question. ${ONLY_A_REACTION}`,
  nothing:
    'They mentioned you without any words. Say hello, and in a sentence what you can do here.',
  unseen:
    'They mentioned you without any words, and you cannot see what was said here without mentioning you. Say hello, and ' +
    'that you need the question in the message that mentions you.',
}
