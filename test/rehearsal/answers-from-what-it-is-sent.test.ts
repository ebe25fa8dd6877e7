import { describe, expect, it } from 'vitest'
import { textOf } from '../../src/model.ts'
import { asked, bot, claude, message, prompt, says, user } from './ask.ts'

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

it('refuses what the API would refuse', async () => {
  await expect(claude.ask({ ...prompt, messages: [bot('I begin')] })).rejects.toMatchObject({
    kind: 'invalid',
  })
})
