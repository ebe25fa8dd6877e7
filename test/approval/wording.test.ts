import { describe, expect, it } from 'vitest'
import { readable } from '../../src/approval/input.ts'
import { lateSentence, requestFor } from '../../src/approval/wording.ts'
import { answerIn } from '../../src/approval/yes-no.ts'
import { assistant } from '../../src/bots/assistant.ts'
import { toHtml } from '../../src/campfire/html.ts'
import { sentencesFor } from '../../src/sentences.ts'

const ALL = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh'] as const

describe('an answer', () => {
  it.each([
    ...[
      'yes',
      'Yes!',
      'YES',
      'ｙｅｓ',
      'yes please',
      'Yes, please.',
      'please, yes',
      'y',
      'ok',
      'Okay 👍',
    ],
    ...['yes, go ahead', 'go ahead', 'do it', 'sure', 'yeah', 'yes thanks'],
    ...[
      'ja',
      'Ja!',
      'ja bitte',
      'klar',
      'Ja, mach das',
      'oui',
      'Oui !',
      "oui, s'il te plaît",
      'd’accord',
    ],
    ...[
      'sí',
      'si',
      'Sí, por favor',
      '¡Vale!',
      'adelante',
      'sì',
      'va bene',
      'sì grazie',
      'sim',
      'Sim, pode',
    ],
    ...[
      'jawel',
      'graag',
      'ja graag',
      'oké',
      'はい',
      'はい。',
      'はい、お願いします',
      '是',
      '是的！',
      '好的',
      '可以',
    ],
  ])('%j is a yes', (text) => {
    expect(answerIn(text)).toBe('yes')
  })

  it.each([
    ...[
      'no',
      'No.',
      'NO!!',
      'ｎｏ',
      'no thanks',
      'No, thank you',
      "don't",
      'Don’t!',
      'nope',
      'no no',
    ],
    ...[
      'nein',
      'nein danke',
      'non',
      'Non merci',
      'no gracias',
      'no grazie',
      'não',
      'Não, obrigada',
      'nao',
    ],
    ...['nee', 'nee, bedankt', 'いいえ', 'だめ', '不', '不要。', '否', 'na\u0303o'],
  ])('%j is a no', (text) => {
    expect(answerIn(text)).toBe('no')
  })

  it.each([
    ...[
      '',
      '👍',
      '?',
      'yes?',
      'ok?',
      'はい？',
      'yes and no',
      'yes no',
      'si no',
      'y si',
      '¿y?',
      'y además',
    ],
    ...[
      'yes but not this one',
      'no problem',
      'why not',
      'not yes',
      'yesterday',
      'yes 2',
      'okay then tell me',
    ],
    ...[
      'ja ja',
      'ja ja ja',
      'はいはい',
      'merci',
      'danke',
      'bitte',
      'prego',
      'prima',
      'fine',
      'fallo',
      'pode ser',
    ],
    ...['嗯', '了解', 'no hay', 'da', 'y y y y y y y y y', 'constructor'],
  ])('%j is neither', (text) => {
    expect(answerIn(text)).toBeNull()
  })

  it.each([
    ['@Robo yes', 'yes'],
    ['yes @robo', 'yes'],
    ['Yes, please, @Robo!', 'yes'],
    ['@robo: no', 'no'],
    ['@Ada yes', null],
    ['yes @Ada', null],
    ['@robot yes', null],
  ])('%j is %s to Robo', (text, answer) => {
    expect(answerIn(text, 'robo')).toBe(answer)
  })

  it.each(ALL)('in the words that the request names counts (%s)', (language) => {
    const { approval } = sentencesFor(language)
    const [yes = '', no = ''] = Array.from(
      approval.direct('Ada').matchAll(/\*([^*]+)\*/g),
      ([, word]) => word,
    )

    expect([answerIn(yes), answerIn(no)]).toEqual(['yes', 'no'])
  })
})

const SEVEN = Array.from({ length: 7 }, (_, at) => `${at} @all <b>`)
const FILE = { tool: 'attach_file', input: { name: 'report', type: 'csv', content: 'a,b\n1,2' } }
const asked = {
  tools: assistant.tools,
  asker: 'David',
  approvers: [],
  bot: 'Robo',
  direct: false,
}

describe('a request', () => {
  it('says what will happen, who may say yes and how, and then exactly what', () => {
    expect(requestFor([FILE], { ...asked, approvers: ['Jason', null] })).toBe(
      [
        'May I post **report.csv** here? You (David), Jason or someone else who may approve this can reply *@Robo yes* or *no* within a day.',
        "This is exactly what I'd use:",
        '```\nname: "report"\ntype: "csv"\ncontent:\n  a,b\n  1,2\n```',
      ].join('\n\n'),
    )
  })

  it('is shorter where nobody else reads it, and calls for a mention where its name is not known', () => {
    const alone = requestFor([FILE], { ...asked, asker: null, direct: true })
    const nameless = requestFor([FILE], { ...asked, bot: null })

    expect(alone).toContain('here? You can reply *yes* or *no* within a day.')
    expect(nameless).toContain('You (David) can mention me and reply *yes* or *no*')
  })

  it('of a tool without words of its own names it', () => {
    const strange = { tool: 'deploy*now*', input: { to: 'production' } }

    expect(requestFor([strange], asked)).toMatch(/^May I run \*\*deploy\\\*now\\\*\*\*\?/)
    // As is one whose input does not fit the tool any more.
    expect(requestFor([{ ...FILE, input: { name: 5 } }], asked)).toMatch(
      /^May I run \*\*attach\\_file\*\*\?/,
    )
  })

  it('for several things asks once, and shows each', () => {
    const boost = { tool: 'boost', input: { message_id: 12, content: '👏' } }
    const text = requestFor([FILE, boost], asked)

    expect(text).toMatch(/^May I do these 2 things\? One answer counts for all of them\. You/)
    expect(text).toContain('**1.** May I post **report.csv** here?')
    expect(text).toContain('**2.** May I react to a message here with **👏**?')
    expect(text.match(/can reply/g)).toHaveLength(1)
    expect(text).toContain('message_id: 12\ncontent: "👏"')
  })

  it.each(ALL)('is whole in %s, for every tool', (language) => {
    const wishes: Parameters<typeof requestFor>[0] = [
      FILE,
      { tool: 'boost', input: { message_id: 12, content: '(!)' } },
      { tool: 'memory', input: { action: 'remember', of: 'room', fact: 'Tea at four.' } },
      { tool: 'memory', input: { action: 'recall', of: 'me' } },
      { tool: 'memory', input: { action: 'forget', of: 'room', number: 1 }, goes: SEVEN },
      { tool: 'read_messages', input: {} },
      { tool: 'search_conversation', input: { words: 'tea (hot)', person: 'Ada' } },
      { tool: 'read_result', input: { name: '1.2.3' } },
    ]
    for (const wish of wishes) {
      const html = toHtml(requestFor([wish], asked, sentencesFor(language)))
      expect(html).toMatch(/^<p>[^*]*(<strong>|[?？])/)
      expect(html.replace(/<pre.*?<\/pre>/gs, '')).not.toMatch(/\*|undefined/)
      if (wish.goes) expect(html).toMatch(/<strong>4 @all &lt;b&gt;<\/strong>.*?2/)
      if (wish.goes && language !== 'en') expect(html).not.toMatch(/What goes|more/)
      if (language !== 'en') expect(html).not.toContain('May I')
    }
    expect(lateSentence([FILE], sentencesFor(language))).toContain('**attach\\_file**')
    const both = lateSentence(
      [{ ...FILE, hadYes: true }, { tool: 'boost' }],
      sentencesFor(language),
    )
    expect(both).toMatch(/\*\*boost\*\*.*\*\*attach\\_file\*\*/s)
  })
})

describe('what others wrote', () => {
  const fake = 'May I run **rm**? You can reply *yes* or *no*.'

  it.each([
    ['fences', '```\n\nMay I run **rm**?\n\n```json\n{}'],
    ['longer fences', `${'`'.repeat(20)}\n\n${fake}\n\n${'~'.repeat(20)}`],
    ['HTML', `</pre><p>${fake}</p><pre>`],
    ['a comment', `<!-- ${fake}`],
    ['lines', `x\n\n\n${fake}\n\n---\n\n# ${fake}`],
    ['lone returns', `x\r\r${fake}\r\n${fake}`],
    ['other line ends', `x\u2028${fake}\u2029${fake}\u0085${fake}\u000b${fake}`],
  ])('stays in its block, with %s', (_, content) => {
    const input = { name: 'x', type: 'text', content }
    const html = toHtml(requestFor([{ tool: 'attach_file', input }], asked))
    const outside = html.replace(/<pre[^>]*>.*?<\/pre>/gs, '▢')

    expect(outside).toMatch(/^<p>May I post <strong>x\.txt<\/strong>.*<\/p><br><p>[^<]*<\/p>▢$/)
    expect(outside).not.toContain('rm')
    // Every line of it is indented: none can look like a field.
    const lines = html.match(/<pre[^>]*>(.*)<\/pre>/s)?.[1]?.split('\n') ?? []
    expect(lines.filter((line) => !/^( {2}|name: |type: |content:)/.test(line))).toEqual([])
  })

  it('cannot hide what it is by turning round what follows', () => {
    const { text } = readable({ to: 'a\u202egnp.exe', note: 'one\n\u2066two', family: '👨‍👩‍👧' })

    expect(text).toBe('to: "a\\u202egnp.exe"\nnote:\n  one\n  \\u2066two\nfamily: "👨‍👩‍👧"')
  })

  it('cannot make up a field by its name', () => {
    expect(readable({ 'a\nb: 1': 2 }).text).toBe('"a\\nb: 1": 2')
  })

  it.each([
    ['a name', { asker: '**Ada** <b> @Jason\n\n# and everybody' }],
    ['an approver', { approvers: ['*@Jason yes* [x](https://e.example)', '_'.repeat(500)] }],
    ['the bot', { bot: 'Robo* and **anyone** www.example.com' }],
  ])('is text in %s', (_, changes) => {
    const people = new Map([['Jason', 'eyJ9--ab12']])
    const html = toHtml(requestFor([FILE], { ...asked, ...changes }), people)

    expect(html.match(/<p>/g)).toHaveLength(2)
    expect(html).not.toMatch(/<a |<h1|<b>|attachment/)
    expect(html.length).toBeLessThan(800)
  })
})

describe('a long input', () => {
  it('is cut, and says what was cut; what is short is shown whole', () => {
    const input = { name: 'x', type: 'text', content: 'word '.repeat(2_000), to: 'everyone' }
    const request = requestFor([{ tool: 'mail', input }], asked)

    expect(request.length).toBeLessThan(2_500)
    expect(request).toContain('to: "everyone"')
    expect(request).toMatch(
      /\(To keep this short, 8,5\d\d characters aren't shown\. They'd be used/,
    )
  })

  it.each([
    ['many fields', Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`field${n}`, n]))],
    ['a deep one', { list: Array.from({ length: 500 }, (_, n) => ({ n })) }],
    ['one line', { content: 'x'.repeat(50_000) }],
    ['surrogates', { content: '😀'.repeat(5_000) }],
  ])('of %s is too', (_, input) => {
    const request = requestFor([{ tool: 'mail', input }], asked)

    expect(request.length).toBeLessThan(3_500)
    expect(request).toContain("characters aren't shown")
    expect(request.isWellFormed()).toBe(true)
  })

  it('shares the room with others', () => {
    const wish = { tool: 'mail', input: { content: 'x'.repeat(5_000) } }

    expect(requestFor(Array(5).fill(wish), asked).length).toBeLessThan(3_500)
  })
})
