import { describe, expect, it } from 'vitest'
import { ServerTools, serverToolsOf } from '../../src/bots/server-tools.ts'
import { asSource } from '../../src/files/source.ts'
import { kindOf } from '../../src/files.ts'
import { filesMadeIn, ModelFiles, type SessionMessage, textOf } from '../../src/model.ts'
import { claude, prompt, says } from './ask.ts'
import { rehearsal } from './rehearsal.ts'

describe('the rehearsal uses tools for real', () => {
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
