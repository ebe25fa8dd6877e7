import type { Block, Body } from '../model.ts'

/** What the model was asked, as the rules below look at it. */
interface Asked {
  /** The newest words of the asker. */
  words: string
  /** What they quoted. */
  quote: string
  /** The newest message, whole. */
  newest: string
  /** The results of its tools, when that is what it was given. */
  results: string
  /** Everything that it was sent. */
  all: string
}

type Rule = [RegExp, (asked: Asked, match: RegExpExecArray) => string | Block[]]

/** What the model says to a question of this day, worked out from what it is sent. */
export function answerTo(body: Body): string | Block[] {
  const asked = askedIn(body)
  if (JSON.stringify(body.system).includes('Summarize this')) {
    return `They asked ${asked.all.match(/<asked>/g)?.length ?? 0} things, and coffee was one.`
  }
  for (const [pattern, rule] of RULES) {
    const match = pattern.exec(asked.words)
    if (match) return rule(asked, match)
  }
  throw new Error(`Nobody knows what to say to: ${asked.words}`)
}

const RULES: Rule[] = [
  [/what is (\d+) × (\d+)/, (_, [, a, b]) => `That is **${Number(a) * Number(b)}**.`],
  [/and times (\d+)/, ({ quote }, [, n]) => `Then it is ${Number(/\d+/.exec(quote)) * Number(n)}.`],
  [/what did I miss/, ({ newest }) => `${remarks(newest)} remarks, the first by ${first(newest)}.`],
  [/what did Kevin say/, ({ all }) => (all.includes('4711') ? 'The code.' : 'Nothing of a code.')],
  [
    /compare the quarters/,
    ({ results, newest }) =>
      results
        ? `Nothing is known of them. ${newest.includes('only Q3') ? 'I looked at Q3 only.' : ''}`
        : [say('Let me see.'), use('search_conversation', { words: 'Q3' })],
  ],
  [
    /boost message (\d+)/,
    ({ results }, [, id]) =>
      results ? 'Done.' : [use('boost', { message_id: Number(id), content: '👏' })],
  ],
  [
    /^yes/,
    ({ newest }) => (newest.includes('has been run') ? 'It has its 👏 now.' : 'Yes to what?'),
  ],
  [/^no/, ({ newest }) => (newest.includes('was refused') ? 'Then I leave it.' : 'No to what?')],
  [/minutes of the meeting/, () => long('Point', 9, 26)],
  [/everything you know/, () => long('Fact', 60, 16)],
  [
    /figures as a table/,
    () => '| quarter | revenue |\n| --- | ---: |\n| Q1 | 120 |\n| Q2 | 95 |\n\nQ1 was *better*.',
  ],
  [
    /figures as a file/,
    ({ results }) =>
      results
        ? 'The figures are in the file above.'
        : [
            use('attach_file', {
              name: 'figures.csv',
              type: 'csv',
              content: 'quarter,revenue\nQ1,120\nQ2,95\n',
            }),
          ],
  ],
  [
    /tell (\w+) that (.*)/,
    ({ newest }, [, name = '', what = '']) =>
      ambiguous(newest).includes(`@${name}`) ? `Which ${name}?` : `@${name} ${what}`,
  ],
  [/is it worth it/, () => [think('120 against 95.'), say('Yes: 120 is more than 95.')]],
  [
    /agree on a name|And then/,
    ({ all }) => `@Robo what about *Name ${1 + count(all, /what about/g)}*?`,
  ],
  [/make of this/, ({ newest }) => `I cannot open ${/file="([^"]+)"/.exec(newest)?.[1]}.`],
  [/are you (\w+)/, (_, [, how]) => `I am ${how}, thanks for asking.`],
  [/which question was my first/, ({ all }) => `You asked: ${firstAsked(all)}`],
  [/what do you remember/, ({ all }) => `Only this: ${/They asked [^<]*?\./.exec(all)}`],
  [/(\w+) the trip/, (_, [, verb]) => `I would ${verb} it on Friday.`],
]

function askedIn({ messages }: Body): Asked {
  const texts = messages.map(({ content }) =>
    typeof content === 'string' ? content : content.map(textIn).join('\n'),
  )
  const all = texts.join('\n')
  const newest = texts.at(-1) ?? ''
  const messageTags = [...all.matchAll(/<asked>\n([\s\S]*?)\n<\/asked>/g)].at(-1)?.[1] ?? ''
  const results = [...newest.matchAll(/\{"ok":.*\}/g)].join('\n')
  return { words: bare(messageTags), quote: tag('quote', messageTags), newest, results, all }
}

function textIn(block: Exclude<Body['messages'][number]['content'], string>[number]) {
  if (block.type === 'text') return block.text
  return block.type === 'tool_result' ? JSON.stringify(block.content).replace(/\\"/g, '"') : ''
}

/** The words of the asker alone. */
function bare(tags: string) {
  return tags
    .replace(/<quote[\s\S]*?<\/quote>/g, '')
    .replace(/<[^>]*>/g, '')
    .trim()
}

function tag(name: string, text: string) {
  return new RegExp(`<${name}[^>]*>([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? ''
}

function remarks(newest: string) {
  return count(tag('context', newest), /<message /g)
}

function first(newest: string) {
  return /author="([^"]+)"/.exec(tag('context', newest))?.[1] ?? 'nobody'
}

function ambiguous(newest: string) {
  return /ask who is meant: ([^<]*)</.exec(newest)?.[1] ?? ''
}

function firstAsked(all: string) {
  return bare(/<asked>\n([\s\S]*?)\n<\/asked>/.exec(all)?.[1] ?? '')
}

function count(text: string, pattern: RegExp) {
  return text.match(pattern)?.length ?? 0
}

function long(what: string, paragraphs: number, times: number) {
  const text = 'and this is what was said of it. '
  return Array.from({ length: paragraphs }, (_, n) => `${what} ${n + 1}: ${text.repeat(times)}`)
    .map((paragraph) => paragraph.trim())
    .join('\n\n')
}

function say(text: string): Block {
  return { type: 'text', text }
}

function think(thinking: string): Block {
  return { type: 'whole', block: { type: 'redacted_thinking', data: thinking } }
}

let uses = 0

function use(name: string, input: object): Block {
  return { type: 'tool_use', id: `toolu_day${++uses}`, name, input }
}
