import { describe, expect, it } from 'vitest'
import { assistant } from '../src/bots/assistant.ts'
import { ServerTools } from '../src/bots/server-tools.ts'
import { toHtml } from '../src/campfire/html.ts'
import { split } from '../src/campfire.ts'
import { turnPrompt } from '../src/prompt/turn-prompt.ts'
import { languageBefore, languageIn, languageOf } from '../src/sentences/language.ts'
import { help, SENTENCES, type Sentences, sentencesAfter, sentencesFor } from '../src/sentences.ts'
import type { Message } from '../src/tables/room/message.ts'
import { controlWord } from '../src/turn/commands.ts'
import { OLD_WORDS } from './support/old-words.ts'

const LANGUAGES = ['de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh'] as const

/** What is put into each sentence that takes something. */
const GIVEN: Record<string, unknown[]> = {
  operator: ['3-1-1'],
  unavailable: ['3-1-1'],
  tooLong: ['3-1-1'],
  failed: ['3-1-1'],
  parked: ['3-1-1'],
  unpostable: ['3-1-1'],
  inDoubt: ['3-1-1'],
  mayBeMissing: ['3-1-1'],
  outOfReach: ['3-1-1'],
  'serverTools.searching': ['otters'],
  'serverTools.opening': ['example.com'],
  'serverTools.notHanded': ['plan.csv'],
  'serverTools.made.left': ['notes.exe'],
  'limit.yours': ['Monday, November 30 at 12:00 AM UTC'],
  'limit.room': ['Monday, November 30 at 12:00 AM UTC'],
  'limit.mine': ['Monday, November 30 at 12:00 AM UTC'],
  'limit.everyones': ['Monday, November 30 at 12:00 AM UTC'],
  'limit.note': [
    { whose: 'room:5', percent: '80', spent: '$4.00', amount: '$5.00', until: 'Monday' },
  ],
  'help.who': ['Robo', 'I count.'],
  'help.servers': ['**tracker**'],
  'help.words': ['all of it'],
  signInEnded: ['tracker', 'Robo'],
  'approval.run': ['boost'],
  'approval.several': [2],
  'approval.who': ['David', ['Jason', 'Kevin']],
  'approval.direct': ['David or Jason'],
  'approval.mention': ['David or Jason', 'Robo'],
  'approval.unnamed': ['David or Jason'],
  'approval.cut': ['1,234'],
  'approval.goes': ['**Buy milk**'],
  'approval.more': [2],
  'approval.late': ['boost'],
  'approval.unpaid': ['boost'],
  'approval.granted': ['David'],
  'approval.refused': ['David'],
  'files.offer': ['https://firekeeper.example.com/files/x'],
  'reminder.foot': [3, 'Ann'],
  'reminder.late': ['2 hours'],
  'reminder.missed': [2, '2'],
  'reminder.paused': ['David', '1, 2'],
  'why.scheduled': [3],
  'why.line': ['Tools', ['boost', 'memory'], '3-1-1'],
  'why.messages': [3, '3'],
  'why.made': [['plot.png']],
  'why.seconds': ['2.5'],
  'why.tokens': [{ read: '4,000', cached: '3,000', written: '200' }],
  'why.missed': ['x'],
  'why.atMost': ['$0.01'],
  'why.models': [['opus', 'haiku']],
  'why.request': ['req_1'],
  'why.failedRequest': ['req_1'],
  'why.version': ['1.2.3', 'k3x'],
  'why.crashes': [2, '2'],
}

/** Every sentence by its name, with what is given put into it. */
function spokenIn(words: Sentences) {
  return Object.fromEntries(leavesOf(words).map(([name, leaf]) => [name, say(name, leaf)]))
}

function say(name: string, leaf: unknown) {
  return typeof leaf === 'function' ? String(leaf(...(GIVEN[name] ?? []))) : String(leaf)
}

function leavesOf(words: object, path = ''): [string, unknown][] {
  return Object.entries(words).flatMap(([name, value]) => {
    const within = path ? `${path}.${name}` : name
    return typeof value === 'object' ? leavesOf(value, within) : [[within, value]]
  })
}

function partsOf(given: unknown): string[] {
  return typeof given === 'object' && given !== null
    ? Object.values(given).flatMap(partsOf)
    : [String(given)]
}

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
  const told = [
    'operator',
    'unavailable',
    'tooLong',
    'failed',
    'parked',
    'unpostable',
    'inDoubt',
    'mayBeMissing',
    'outOfReach',
  ] as const

  it('everything is said, and nothing in English', () => {
    const [ours, english] = [spokenIn(words), spokenIn(SENTENCES)]
    const same = Object.keys(english).filter((name) => ours[name] === english[name])

    expect(Object.keys(ours)).toEqual(Object.keys(english))
    expect(Object.values(ours).filter((said) => said.trim().length < 2)).toEqual([])
    expect(same.filter((name) => !ALIKE.includes(name))).toEqual([])
  })

  it.each(told)('%s ends with the reference, in one short paragraph', (name) => {
    const sentence = words[name]('3-1-1')
    expect(sentence).toMatch(/[(（]3-1-1[)）][.。]$/)
    expect(sentence).not.toContain('\n')
    expect(sentence.length).toBeLessThan(260)
  })

  it.each([true, false])('help names the bot and the words (direct: %s)', (direct) => {
    const text = help({ name: 'robo', about: 'I count.' }, direct, words)
    for (const part of ['**robo**', 'I count.', '`help`', '`stop`', '`why`', '`forget`']) {
      expect(text).toContain(part)
    }
    expect(split(text)).toHaveLength(1)
  })

  it('help shows by examples what its tools can be asked for, in five lines at most, and what it has learned in one', () => {
    const text = help(assistant, true, words)
    const shown = text.split('\n').filter((line) => line.startsWith('- '))
    const [often, seldom] = [false, true].map((is) =>
      assistant.tools
        .filter(({ isSeldom }) => isSeldom === is)
        .map(({ examples }) => examples?.[words.language] ?? [])
        .filter(({ length }) => length),
    )
    const firsts = [...(often ?? []), ...(seldom ?? [])].map(([first]) => `- *${first}*`)

    expect(firsts.length).toBeGreaterThanOrEqual(5)
    const [skill] = assistant.skills.map(({ examples }) => examples[words.language])
    expect(shown).toEqual([...firsts.slice(0, 5), `- *${skill}*`])
    for (const line of shown) expect(line.length).toBeLessThan(90)
    expect(text).toContain(words.help.examples)
    expect(help({ ...assistant, tools: [], skills: [] }, true, words)).not.toContain(
      words.help.examples,
    )
    expect(split(text)).toHaveLength(1)
  })

  it('help shows what can be asked of the web and of code, where the bot has them', () => {
    const serverTools = ServerTools.parse({ webSearch: {}, code: {} })
    const text = help({ ...assistant, serverTools }, true, words)
    expect(text).toContain(`- *${words.help.web}*`)
    expect(text).toContain(`- *${words.help.code}*`)
    expect(text.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(6)
    expect(help(assistant, true, words)).not.toContain(words.help.web)
  })

  it('help names other people’s services, and what they are', () => {
    const bot = {
      name: 'robo',
      about: 'I count.',
      mcp: [{ name: 'tracker', about: 'our *issues*' }],
    }
    const said = toHtml(help(bot, true, words))
    expect(said).toMatch(/<strong>tracker<\/strong> \(our \*issues\*\)/)
    if (words.language !== 'en') expect(said).not.toContain('services offer')
  })

  it('help names no word that is not known', () => {
    const text = help({ name: 'robo', about: 'I count.' }, true, words)
    const named = Array.from(text.matchAll(/`([^`]+)`/g), ([, word = '']) => word)

    expect(named).toHaveLength(8)
    expect(named.map((word) => controlWord(word))).toEqual([...CONTROL, ...CONTROL])
  })

  it('is told by its own words', () => {
    if (language !== 'zh') expect(languageOf(words.failed('3-1-1'))).toBe(language)
  })
})

const CONTROL = ['help', 'stop', 'why', 'forget']

/** A unit, a layout, and a word that French has too. */
const ALIKE = ['why.seconds', 'why.line', 'why.messages']

describe.each(['en', ...LANGUAGES])('the sentences of %s', (language) => {
  const words = sentencesFor(language)

  it.each(Object.entries(GIVEN))('hold what %s is given', (name, given) => {
    const said = spokenIn(words)[name]
    for (const part of given.flatMap(partsOf)) expect(said).toContain(part)
  })

  it('are Markdown that is whole', () => {
    const broken = Object.entries(spokenIn(words)).filter(([, said]) =>
      /[*`]|undefined|\[object/.test(toHtml(said)),
    )
    expect(broken).toEqual([])
  })
})

it('are all given something to hold', () => {
  const takers = leavesOf(SENTENCES).filter(([, leaf]) => typeof leaf === 'function')

  expect(takers.map(([name]) => name)).toEqual(Object.keys(GIVEN))
})

it('are English of today', () => {
  expect(Object.entries(spokenIn(SENTENCES)).filter(([, said]) => OLD_WORDS.test(said))).toEqual([])
})
