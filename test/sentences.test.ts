import { describe, expect, it } from 'vitest'
import { split } from '../src/campfire.ts'
import { turnPrompt } from '../src/prompt/turn-prompt.ts'
import { languageBefore, languageIn, languageOf } from '../src/sentences/language.ts'
import { help, SENTENCES, sentencesAfter, sentencesFor } from '../src/sentences.ts'
import type { Message } from '../src/tables/room/message.ts'

const LANGUAGES = ['de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh']

describe('the language of whoever asks', () => {
  it.each([
    ['de', 'kannst du mir kurz helfen?'],
    ['de', 'was steht im Bericht zum Budget?'],
    ['de', 'Hilfe bitte'],
    ['de', 'Grüße an alle, wie groß ist das Budget'],
    ['fr', 'peux-tu résumer ça ?'],
    ['fr', 'qui a parlé du budget ?'],
    ['fr', "qu'est-ce que c'est ?"],
    ['es', '¿puedes resumir esto?'],
    ['es', 'cuanto gastamos en marzo, y con quién'],
    ['es', 'resume esto por favor'],
    ['pt', 'você pode resumir isso?'],
    ['pt', 'quanto gastamos com isso em março'],
    ['it', 'puoi riassumere questo?'],
    ['it', 'quanto abbiamo speso a marzo'],
    ['nl', 'kun je dit samenvatten?'],
    ['nl', 'hoeveel hebben we uitgegeven'],
    ['ja', 'これを要約して'],
    ['ja', '予算は？'],
    ['zh', '请总结一下'],
    ['zh', '预算是多少？'],
    ['en', 'summarize this please'],
    ['en', 'what is the budget?'],
    ['en', 'hello robo'],
    ['en', 'latest numbers from marketing'],
    ['en', 'who wrote "Der Prozess"?'],
    ['en', 'what does `der die das ein eine` do?'],
    ['en', 'see https://example.de/das/ist/nicht and tell me what it is'],
  ])('is %s: %s', (language, text) => {
    expect(languageOf(text)).toBe(language)
  })

  it.each([
    'boost Ada',
    'Q3 2026',
    'deploy status?',
    'ping',
    'budget per team',
    'table of costs, no intro',
    '👍',
    '',
    '@Robo',
    'помоги мне',
    '도와줘',
  ])('cannot be told from %j', (text) => {
    expect(sentencesFor(languageOf(text))).toBe(SENTENCES)
  })

  it('is that of the question, not that of what was quoted or said around it', () => {
    const said = { arrival: 1, due: 0, at: 0, file: null, mentioned: true, sign: null }
    const question: Message = {
      ...said,
      id: 8,
      author: 1,
      name: 'The One',
      text: 'was ist das?',
      quote: { author: 'Kevin', messageId: 7, text: 'this is what they have and want from you' },
    }
    const context: Message[] = [
      { ...said, id: 7, author: 2, name: 'Kevin', text: 'what is it with you', quote: null },
    ]
    const heard = { asker: { id: 1 }, messages: [question], context }
    const prompt = turnPrompt(heard, { room: 'Watercooler', direct: false }, 0)

    expect(languageIn(prompt)).toBe('de')
    expect(sentencesAfter(prompt)).toBe(sentencesFor('de'))
    expect(languageIn(null)).toBeNull()
    expect(languageBefore([prompt, '<asked>\n</asked>'], 1)).toBe('de')
    expect(languageBefore([prompt], 2)).toBeNull()
  })
})

describe.each(LANGUAGES)('in %s', (language) => {
  const words = sentencesFor(language)
  const told = ['operator', 'unavailable', 'tooLong', 'failed', 'parked', 'unpostable'] as const
  const plain = [
    ...(['refused', 'empty', 'stopped', 'stoppedHere', 'cutOff'] as const),
    ...(['atEnd', 'partlyForgotten', 'whole', 'tryingAgain', 'rests'] as const),
  ]

  it('everything is said, and nothing in English', () => {
    for (const name of plain) {
      expect(words[name].length).toBeGreaterThan(1)
      expect(words[name]).not.toBe(SENTENCES[name])
    }
    expect(words.forgotten.direct).not.toBe(words.forgotten.room)
  })

  it.each(told)('%s ends with the reference, in one short paragraph', (name) => {
    const sentence = words[name]('3-1-1')
    expect(sentence).toMatch(/[(（]3-1-1[)）][.。]$/)
    expect(sentence).not.toContain('\n')
    expect(sentence.length).toBeLessThan(260)
  })

  it.each([true, false])('help names the bot and the words (direct: %s)', (direct) => {
    const text = help({ name: 'robo', about: 'I count.' }, direct, words)
    for (const part of ['**robo**', 'I count.', '`help`', '`stop`', '`forget`']) {
      expect(text).toContain(part)
    }
    expect(split(text)).toHaveLength(1)
  })

  it('is told by its own words', () => {
    if (language !== 'zh') expect(languageOf(words.failed('3-1-1'))).toBe(language)
  })
})
