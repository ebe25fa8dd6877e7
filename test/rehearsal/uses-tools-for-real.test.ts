import { describe, expect, it } from 'vitest'
import { analyst } from '../../src/bots/analyst.ts'
import { assistant } from '../../src/bots/assistant.ts'
import { help } from '../../src/sentences.ts'
import { says } from './ask.ts'

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

  it('but not when it may not, or has none', async () => {
    expect((await says('boost that', [], { mayUseTools: false })).text).toMatch(
      /may not use any more/,
    )
    expect((await says('boost that', [], { tools: [] })).text).toMatch(/no tool for that/)
  })
})
