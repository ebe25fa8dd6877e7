import { describe, expect, it } from 'vitest'
import { analyst } from '../src/bots/analyst.ts'
import { assistant } from '../src/bots/assistant.ts'
import { ServerTools, serverToolsOf } from '../src/bots/server-tools.ts'
import { asSource } from '../src/files/source.ts'
import { kindOf } from '../src/files.ts'
import {
  Claude,
  filesMadeIn,
  ModelFiles,
  type Prompt,
  type SessionMessage,
  type ToolDefinition,
  textOf,
} from '../src/model.ts'
import { help } from '../src/sentences.ts'
import { rehearsal } from './rehearsal/rehearsal.ts'

const claude = new Claude({
  apiKey: 'sk-rehearsal',
  fetch: (input, init) => rehearsal(new Request(input, init), { delayMs: 0 }),
})
const number = { type: 'integer', minimum: 1 }
const tools: ToolDefinition[] = [
  tool('read_messages', { count: { ...number, default: 20 } }, []),
  tool('search_conversation', { words: { type: 'string' }, limit: number }, []),
  tool('attach_file', { name: { type: 'string' } }, ['name']),
  tool('list', { action: { type: 'string' } }, ['action']),
  tool('memory', { action: { type: 'string' } }, ['action']),
  tool('reminders', { action: { type: 'string' } }, ['action']),
  tool('tracker__find', { words: { type: 'string' } }, ['words']),
  tool('ask_for_file', {}, []),
  tool('read_file', { file: number }, ['file']),
  tool('read_table', { file: number }, ['file']),
  tool('use_skill', { name: { type: 'string' } }, ['name']),
  tool('boost', { message_id: number, content: { type: 'string' } }, ['message_id', 'content']),
]
const prompt: Prompt = {
  model: 'claude-sonnet-5-5',
  system: 'You are helpful.\n\nYou are the bot "bender" in a Campfire chat.',
  tools,
  messages: [],
  maxTokens: 1000,
  mayUseTools: true,
}

async function says(text: string, before: SessionMessage[] = [], changes: Partial<Prompt> = {}) {
  const messages = [...before, user(asked(12, text))]
  const answer = await claude.ask({ ...prompt, messages, ...changes })
  return { ...answer, text: textOf(answer.content), messages }
}

describe('the rehearsal answers from what it is sent', () => {
  const before = [
    user(
      `<context>\n${message(9, 'Ann', 'lunch?')}\n</context>\n${asked(10, 'Is 3 &lt; 4?', 'David')}`,
    ),
    bot('Yes.'),
    user(asked(11, 'And what of Ann?', 'Ann')),
    bot('What of her?'),
  ]

  const told = [user(asked(10, 'Lunch with Ann is at noon.')), bot('Noted.')]

  it.each([
    ['what did I ask first?', [], /This is the first thing you told me here/],
    ['what did I ask first?', before, /> Is 3 < 4\?$/],
    [
      'what did we talk about?',
      before,
      /- David: Is 3 < 4\?\n- Ann: And what of Ann\?\n\nOthers said 1/,
    ],
    ['what did we talk about?', [], /nothing yet/],
    ['What is my name?', [], /\*\*David\*\*/],
    [
      'how many messages do you see?',
      before,
      /5 messages in this request: people sent me 3, and said 1 to others/,
    ],
    ['', [], /Hello David! Claude is not here yet.*\n\nTry “what did I ask first\?”/],
    ['write a table', [], /\| Place \|/],
    ['write some code', [], /```ruby/],
    ['write something long', [], /That was long\.$/],
    ['mention Ada', [], / @Ada, David asked me to call you\.$/],
    ['use the tool frobnicate', [], /no tool `frobnicate`. My tools here: `read_messages`/],
    ['what is the use of it', [], /You said: “what is the use of it”.*Claude is not here yet/s],
    ['will you still know that?', [], /Yes\. I keep what you tell me here/],
    [
      'when do Ann and I have lunch?',
      told,
      /^\*\(rehearsed\)\* David told me:\n\n> Lunch with Ann/,
    ],
    ['do you still know when lunch is?', told, /> Lunch with Ann is at noon\./],
    ['is lunch late', told, /You said/],
  ])('%j', async (text, before, answer) => {
    expect((await says(text, before)).text).toMatch(answer)
  })

  it('and says of all that it says that it was rehearsed', async () => {
    for (const text of ['hello', 'write a table', 'what did I ask first?', 'boost that', 'ping']) {
      expect((await says(text, before)).text).toMatch(/^\*\(rehearsed\)\* [\p{Lu}`]/u)
    }
  })

  it('says that it cannot open a file', async () => {
    const messages = [
      user('<asked>\n<message id="5" author="David" file="plan &amp; b.pdf"></message>\n</asked>'),
    ]

    expect(textOf((await claude.ask({ ...prompt, messages })).content)).toMatch(
      /Of \*\*plan & b.pdf\*\* I only see the name/,
    )
  })

  it('answers somebody who asks without tags', async () => {
    const answer = await claude.ask({ ...prompt, system: '', messages: [user('ping')] })

    expect(textOf(answer.content)).toMatch(/^\*\(rehearsed\)\* You said: “ping”/)
  })

  it('goes on with what was asked when a notice follows', async () => {
    const { messages } = await says('write a table')
    const noticed = [...messages, bot('Half'), user('You were cut off. Go on.')]

    expect(textOf((await claude.ask({ ...prompt, messages: noticed })).content)).toContain(
      '| Place |',
    )
  })

  it.each([
    ['sales.csv', 'text', 'read_table'],
    ['sales.xlsx', 'xlsx', 'read_table'],
    ['plan.md', 'text', 'read_file'],
  ])('reads %s that somebody gave with %s as %s', async (name, kind, wanted) => {
    const given = `<given>\n<file number="3" name="${name}" kind="${kind}" bytes="9"/>\n</given>`
    const answer = await claude.ask({
      ...prompt,
      messages: [user(`${given}\n<asked>\n<message id="5" author="Ann"></message>\n</asked>`)],
    })

    expect(answer.content.at(-1)).toMatchObject({ name: wanted, input: { file: 3 } })
  })

  it('sums up a session by its first and last words', async () => {
    const system = 'Summarize this conversation between people and a bot.'
    const text = `${asked(1, 'Buy wood')}\n<answer>Yes</answer>\n${asked(2, 'Light it', 'Ann')}\n<answer>Lit</answer>`
    const answer = await claude.ask({ ...prompt, system, tools: [], messages: [user(text)] })

    expect(textOf(answer.content)).toBe(
      'First, David said: “Buy wood” Last, Ann said: “Light it” (2 messages.)',
    )
  })
})

const KEPT = { action: 'remember', of: 'room', always: true }

describe('the rehearsal uses tools for real', () => {
  it.each([
    ['read the room', 'read_messages', {}],
    ['search for birch bark?', 'search_conversation', { words: 'birch bark' }],
    ['boost that', 'boost', { message_id: 12, content: '👏' }],
    [
      'attach a file',
      'attach_file',
      { name: 'sums.csv', type: 'csv', content: expect.stringMatching(/^Place,/) },
    ],
    ['use read-messages', 'read_messages', {}],
    ['use tracker__find otters', 'tracker__find', { words: 'otters' }],
    ['Write the minutes of this discussion', 'use_skill', { name: 'minutes' }],
    ['a report of the last week, please', 'use_skill', { name: 'weekly-report' }],
    ['remember that tea is at four', 'memory', { ...KEPT, fact: 'tea is at four' }],
    ['tea is at four. Will you still know that?', 'memory', { ...KEPT, fact: 'tea is at four.' }],
    ['Remember I like tea', 'memory', { action: 'remember', of: 'me', fact: 'I like tea' }],
    [
      'remember my time zone is Europe/Berlin',
      'memory',
      { action: 'remember', of: 'me', fact: 'time zone: Europe/Berlin' },
    ],
    ['what do you know about me?', 'memory', { action: 'recall', of: 'me' }],
    ['what do you remember here?', 'memory', { action: 'recall', of: 'room' }],
    ['forget 3', 'memory', { action: 'forget', of: 'room', number: 3 }],
    ['forget what you know about me', 'memory', { action: 'forget', of: 'me' }],
    [
      'add wood, “tea” and milk to our list',
      'list',
      { action: 'add', texts: ['wood', 'tea', 'milk'] },
    ],
    ['Put milk on the shopping list', 'list', { action: 'add', texts: ['milk'], list: 'shopping' }],
    ['show our list', 'list', { action: 'show' }],
    ['Our shopping list as a file?', 'list', { action: 'show', as: 'file', list: 'shopping' }],
    ['2 is done', 'list', { action: 'done', numbers: [2] }],
    ['what is open for me here?', 'list', { action: 'show', which: 'open', assignee: 'me' }],
    [
      'what did we finish this week?',
      'list',
      { action: 'show', which: 'done', from: '2026-11-16' },
    ],
    ['put tea and wood on our list, and show it', 'list', { action: 'show' }],
    [
      'Put “order wood” on our list, for Kevin.',
      'list',
      { action: 'add', texts: ['order wood'], assignee: 'Kevin' },
    ],
    ['give 2 to me', 'list', { action: 'assign', numbers: [2], assignee: 'me' }],
    ['2 is due on 2026-12-04', 'list', { action: 'due', numbers: [2], due: '2026-12-04' }],
    ['move 2 to the shopping list', 'list', { action: 'move', numbers: [2], to: 'shopping' }],
    ['rename 2 to birch wood', 'list', { action: 'rename', numbers: [2], to: 'birch wood' }],
    ['remove 2 from our list', 'list', { action: 'remove', numbers: [2] }],
    [
      'remind me in 10 minutes to stretch',
      'reminders',
      { action: 'add', text: 'stretch', whom: 'me', at: expect.stringMatching(/T\d\d:\d\d:00$/) },
    ],
    [
      'Remind us tomorrow at 2 pm: standup',
      'reminders',
      { action: 'add', text: 'standup', whom: 'room', at: expect.stringMatching(/T14:00:00$/) },
    ],
    [
      'remind me at 9 tomorrow to call Ann',
      'reminders',
      { action: 'add', text: 'call Ann', whom: 'me', at: expect.stringMatching(/T09:00:00$/) },
    ],
    [
      'every weekday at 9: summarise yesterday',
      'reminders',
      { action: 'add', text: 'summarise yesterday', cron: '0 9 * * MON-FRI', isPrompt: true },
    ],
    ['show the reminders', 'reminders', { action: 'show' }],
    ['cancel reminder 2', 'reminders', { action: 'cancel', number: 2 }],
    ['snooze, in an hour', 'reminders', { action: 'snooze' }],
    ['use boost', 'boost', { message_id: 12, content: '👏' }],
    ['What did I miss here today?', 'read_messages', { since: '2026-11-20' }],
    ['What did we say about the budget in March?', 'search_conversation', { words: 'the budget' }],
    ['Put that into a spreadsheet.', 'attach_file', { type: 'csv' }],
  ])('%j', async (text, name, input) => {
    const { content, stopReason } = await says(text)

    expect(stopReason).toBe('tool_use')
    expect(content.at(-1)).toMatchObject({ type: 'tool_use', name, input })
  })

  it.each([
    ['assistant', assistant],
    ['analyst', analyst],
  ])('and plays all that the help of the %s says one can ask for', async (_, bot) => {
    const examples = Array.from(help(bot, true).matchAll(/^- \*(.+)\*$/gm), ([, one = '']) => one)
    expect(examples.length).toBeGreaterThanOrEqual(5)
    for (const example of examples) {
      const { stopReason } = await says(example)
      expect([example, stopReason]).toEqual([example, 'tool_use'])
    }
  })

  it.each([
    [false, '{"ok":true}', /`boost` worked\.$/],
    [
      false,
      '{"ok":true,"result":{"id":6,"told":"It stands there."}}',
      /worked: It stands there\.$/,
    ],
    [false, '{"ok":true,"result":{"messages":[]}}', /found:\n\n```\n\{"ok":true,.*\}\n```$/],
    [false, '{"ok":true,"result":{"number":2,"text":"Tea","next":"noon"}}', /"number":2/],
    [false, 'no JSON at all', /found:\n\n```\nno JSON at all\n```$/],
    [true, '{"ok":false,"error":"no such message"}', /did not work: no such message$/],
    [true, 'no JSON at all', /did not work: no JSON at all$/],
  ])('and reports what came of it, failed %s: %s', async (is_error, said, report) => {
    const { content, messages } = await says('boost that')
    const id = content.flatMap((block) => (block.type === 'tool_use' ? block.id : []))[0] ?? ''
    const result = {
      type: 'tool_result' as const,
      tool_use_id: id,
      content: said,
      is_error,
    }
    const session: SessionMessage[] = [
      ...messages,
      { role: 'assistant', content },
      { role: 'user', content: [result] },
    ]

    expect(textOf((await claude.ask({ ...prompt, messages: session })).content)).toMatch(report)
  })

  const SAID = { id: 3, at: '09:12', author: 'Ada', text: 'We ship on Friday.' }

  it.each([
    [
      'show our list',
      { told: 'Added. Say so.', items: [{ number: 3, text: 'Tea' }] },
      /Added\.\n\n- \*\*3\*\* Tea$/,
    ],
    [
      'show our list',
      { told: 'It stands there. Do not write it again.', link: 'https://c/1' },
      /It stands there\. \[Look/,
    ],
    [
      'show our list',
      [{ list: 'To do', items: [{ number: 1, text: 'Wood', assignee: 'Ada' }] }],
      /Wood · Ada$/,
    ],
    [
      'what did I miss?',
      {
        link: 'https://c/rooms/1/@<id>',
        days: [{ day: '2026-11-29', said: [{ ...SAID, bot: true }, SAID] }],
      },
      /one message that people wrote here.*\n\n- Ada, \[09:12\]\(https:\/\/c\/rooms\/1\/@3\): We ship on Friday\.\n/,
    ],
    ['what did I miss?', { link: '', days: [] }, /Nothing was said in that time\.$/],
    [
      'what did we say about shipping?',
      { found: [{ ...SAID, time: '2026-11-29 09:12 UTC', link: 'https://c/1' }] },
      /I have found this:\n\n- Ada, \[2026-11-29 09:12 UTC\]\(https:\/\/c\/1\): We ship/,
    ],
    ['what did we say about tea?', { found: [] }, /I have found nothing\.$/],
    [
      'write the minutes of it',
      { skill: '# Minutes of a discussion\n\nMinutes are' },
      /“Minutes of a discussion”/,
    ],
  ])('and tells in a few words what it has found, asked %j: %j', async (asked, result, report) => {
    const { content, messages } = await says(asked)
    const tool_use_id =
      content.flatMap((block) => (block.type === 'tool_use' ? block.id : []))[0] ?? ''
    const said = JSON.stringify({ ok: true, result })
    const session: SessionMessage[] = [
      ...messages,
      { role: 'assistant', content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id, content: said }] },
    ]
    expect(textOf((await claude.ask({ ...prompt, messages: session })).content)).toMatch(report)
  })

  it('but not when it may not, or has none', async () => {
    expect((await says('boost that', [], { mayUseTools: false })).text).toMatch(
      /may not use any more/,
    )
    expect((await says('boost that', [], { tools: [] })).text).toMatch(/no tool for that/)
  })
})

describe('with the API’s own tools', () => {
  const own = serverToolsOf(ServerTools.parse({ webSearch: {}, code: {} })).map((server) => ({
    ...{ name: server.name, description: '', inputSchema: {}, server },
  }))
  const files = new ModelFiles({
    apiKey: 'sk-rehearsal',
    fetch: (input, init) => rehearsal(new Request(input, init), { delayMs: 0 }),
    signal: new AbortController().signal,
  })

  it('it searches, pauses there, goes on, and says that nothing was looked up', async () => {
    const first = await says('search the web for otters', [], { tools: own })
    expect(first.stopReason).toBe('pause_turn')
    const session = [...first.messages, { role: 'assistant' as const, content: first.content }]
    const { content } = await claude.ask({ ...prompt, tools: own, messages: session })
    expect(textOf(content)).toContain('(rehearsed)* A search for “otters” would have found')
    expect(JSON.stringify(content)).toContain('https://example.com/rehearsed')
  })

  it('it plots, and the file is there', async () => {
    const { content, text } = await says('plot 3, 1 and 4', [], { tools: own })
    expect(text).toContain('Bars for 3, 1, 4: no code ran for them.')
    const [id = ''] = filesMadeIn(content)
    const facts = await files.facts(id)
    if (typeof facts === 'string') throw new Error(facts)
    const bytes = await files.download(id, facts)
    expect(typeof bytes === 'string' ? bytes : kindOf(asSource(bytes))).toMatchObject({
      ...{ kind: 'png', width: 320, height: 160 },
    })
  })

  it('it has none where there are none', async () => {
    expect((await says('search the web for otters')).text).toMatch(/no tool for that/)
    expect((await says('plot 1, 2')).text).toMatch(/no tool for that/)
  })
})

it('refuses what the API would refuse', async () => {
  await expect(claude.ask({ ...prompt, messages: [bot('I begin')] })).rejects.toMatchObject({
    kind: 'invalid',
  })
})

function asked(id: number, text: string, author = 'David') {
  return `<asked>\n${message(id, author, text)}\n</asked>\n<now>2026-11-20 21:32 UTC</now>`
}
function message(id: number, author: string, text: string) {
  return `<message id="${id}" author="${author}" author_id="1" time="2026-11-20 21:32 UTC">${text}</message>`
}
function user(content: string): SessionMessage {
  return { role: 'user', content }
}
function bot(content: string): SessionMessage {
  return { role: 'assistant', content }
}
function tool(name: string, properties: object, required: string[]): ToolDefinition {
  return { name, description: name, inputSchema: { type: 'object', properties, required } }
}
