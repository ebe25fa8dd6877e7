import { describe, expect, it, vi } from 'vitest'
import { analyst } from '../src/bots/analyst.ts'
import { assistant } from '../src/bots/assistant.ts'
import { Bot } from '../src/bots/bot.ts'
import {
  aboutIn,
  checkRoster,
  findBot,
  findByKey,
  membersIn,
  membersOf,
  sameSecret,
} from '../src/bots.ts'
import type { Language } from '../src/languages.ts'
import { boost } from '../src/tools/boost.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()

/** A bot that is whole, and says no more than it must. */
const bender = {
  name: 'bender',
  about: 'I bend things.',
  instructions: 'You bend.',
  model: 'claude-haiku-5-5',
}

describe('a bot', () => {
  it('needs four words, and the rest has defaults', () => {
    expect(Bot.parse(bender)).toEqual({
      ...bender,
      maxTokens: 8_000,
      tools: [],
      serverTools: {},
      skills: [],
      mcp: [],
      approval: {},
      approvers: [],
      trusted: [],
      progress: 'say',
      limits: { steps: 30, minutes: 10, outputTokens: 60_000 },
      ttlMinutes: 1_440,
      archiveDays: 180,
      index: 'on',
      indexPerDay: 3_000,
      historyDays: 365,
      compactAt: 60_000,
      timeZone: 'UTC',
      reply: 'grow',
      unsure: 'may stand twice',
      whileWorking: 'steer',
      speaks: { inRooms: 'mentioned', inDirects: 'always' },
    })
  })

  it.each(['low', 'medium', 'high', 'xhigh', 'max'] as const)(
    'may have the effort %s',
    (effort) => {
      expect(Bot.parse({ ...bender, effort })).toMatchObject({ effort })
    },
  )

  it.each<[string, object]>([
    ['name', { name: undefined }],
    ['name', { name: '' }],
    ['name', { name: 'Bender' }],
    ['name', { name: 'ben der' }],
    ['name', { name: '2bend' }],
    ['name', { name: 'a'.repeat(33) }],
    ['about', { about: undefined }],
    ['timeZone', { timeZone: 'Middle-earth/Shire' }],
    ['about', { about: '' }],
    ['about', { about: 'a'.repeat(301) }],
    ['about', { about: '  ' }],
    ['about', { about: { de: 'Ich biege.' } }],
    ['about.de', { about: { en: 'I bend.', de: '' } }],
    ['about.tlh', { about: { en: 'I bend.', tlh: 'jIH' } }],
    ['instructions', { instructions: '' }],
    ['instructions', { instructions: ['You bend.'] }],
    ['model', { model: undefined }],
    ['model', { model: '' }],
    ['fallbackModel', { fallbackModel: '' }],
    ['fallbackModel', { fallbackModel: null }],
    ['effort', { effort: 'maximal' }],
    ['thinking', { thinking: true }],
    ['unsure', { unsure: 'perhaps' }],
    ['maxTokens', { maxTokens: 0 }],
    ['maxTokens', { maxTokens: 1_000.5 }],
    ['maxTokens', { maxTokens: '8000' }],
    ['tools', { tools: 'boost' }],
    ['tools.1', { tools: [boost, 'boost'] }],
    ['tools.0', { tools: [{ name: 'boost' }] }],
    ['skills.0', { skills: ['minutes'] }],
    ['limits', { limits: 30 }],
    ['limits.steps', { limits: { steps: 0 } }],
    ['limits.minutes', { limits: { minutes: 0 } }],
    ['limits.minutes', { limits: { minutes: 61 } }],
    ['limits.outputTokens', { limits: { outputTokens: -1 } }],
    ['limits.hours', { limits: { hours: 1 } }],
    ['ttlMinutes', { ttlMinutes: 0 }],
    ['archiveDays', { archiveDays: 0.5 }],
    ['temperature', { temperature: 1 }],
    ['toString', { toString: 'bender' }],
  ])('with a wrong %s is refused by that name', (field, changes) => {
    const { bots, broken } = checkRoster([{ ...bender, ...changes }, assistant])

    expect(broken).toEqual([{ bot: expect.any(String), field }])
    expect([...bots.keys()]).toEqual(['assistant'])
  })

  it.each<[unknown, string]>([
    [null, '#1'],
    [undefined, '#1'],
    ['bender', '#1'],
    [{ name: 5 }, '#1'],
    [[], '#1'],
  ])('that is none is refused by its place: %j', (candidate, bot) => {
    expect(checkRoster([candidate]).broken).toMatchObject([{ bot }])
  })

  it('cannot take the name of another', () => {
    const { bots, broken } = checkRoster([bender, { ...bender, model: 'other' }])

    expect(bots.get('bender')?.model).toBe('claude-haiku-5-5')
    expect(broken).toEqual([{ bot: 'bender', field: 'name (taken)' }])
  })
})

describe('what a bot is good for', () => {
  it.each<[Bot['about'], Language, string]>([
    ['I bend.', 'de', 'I bend.'],
    [{ en: 'I bend.', de: 'Ich biege.' }, 'de', 'Ich biege.'],
    [{ en: 'I bend.', de: 'Ich biege.' }, 'ja', 'I bend.'],
  ])('%j, in %s', (about, language, said) => {
    expect(checkRoster([{ ...bender, about }]).broken).toEqual([])
    expect(aboutIn({ about }, language)).toBe(said)
  })

  it('is told by the bots that we ship in every language', () => {
    for (const { about } of [assistant, analyst]) {
      expect(new Set(Object.values(about)).size).toBe(9)
    }
  })
})

describe('the bots that we ship', () => {
  it('are whole', () => {
    expect(checkRoster().broken).toEqual([])
    expect([...checkRoster().bots.keys()]).toEqual(['assistant', 'analyst'])
  })

  it('differ in model, tools and voice', () => {
    expect(assistant.model).not.toBe(analyst.model)
    expect(assistant.instructions).not.toBe(analyst.instructions)
    expect(assistant.about).not.toBe(analyst.about)
    expect(namesOf(assistant)).toEqual([
      'read_messages',
      'search_conversation',
      'boost',
      'attach_file',
      'memory',
      'reminders',
      'list',
      'ask_for_file',
      'read_result',
      'read_table',
      'read_file',
      'list_files',
      'delete_file',
      'fetch_page',
    ])
    const ofOne = ['boost', 'list', 'fetch_page']
    expect(namesOf(analyst)).toEqual(namesOf(assistant).filter((name) => !ofOne.includes(name)))
  })
})

describe('BOT_KEYS', () => {
  const BENDER = 'bender 3'
  const ANOTHERS = 'assistant key (of another bot)'
  const roster = [bender, assistant]

  it.each<[string, string, string[], string[]]>([
    ['nothing', '', [], []],
    ['only commas', ' , ,', [], []],
    ['one', 'bender=3-Ab1', ['bender 3'], []],
    ['two, in their order', 'assistant=3-Ab1,bender=7-Cd2', ['assistant 3', 'bender 7'], []],
    [
      'spaces and line breaks',
      ' bender = 3-Ab1 ,\n assistant=7-Cd2\n',
      [BENDER, 'assistant 7'],
      [],
    ],
    ['a name not in the roster', 'ghost=9-x,bender=3-Ab1', [BENDER], ['ghost name']],
    ['no name', '3-Ab1', [], ['(no name) name']],
    ['an empty name', '=3-Ab1', [], ['(no name) name']],
    ['name and key swapped', '3-Ab1=bender', [], ['(no name) key']],
    ['no key', 'bender=,assistant=7-Cd2', ['assistant 7'], ['bender key']],
    ['no equals sign', 'bender:3-Ab1', [], ['(no name) key']],
    ['a key without a token', 'bender=3-', [], ['bender key']],
    ['a key without a number', 'bender=Ab1', [], ['bender key']],
    ['user 0', 'bender=0-Ab1', [], ['bender key']],
    ['a key with an equals sign', 'bender=3-Ab1=', [], ['bender key']],
    ['a key with a path', 'bender=3-Ab1/../4-x', [], ['bender key']],
    ['semicolons', 'bender=3-Ab1;assistant=7-Cd2', [], ['bender key']],
    ['a user that is another bot', 'bender=3-a,assistant=3-b', [BENDER], [ANOTHERS]],
    ['the same pair twice', 'bender=3-Ab1,bender=3-Ab1', [BENDER], ['bender key (of another bot)']],
    ['a bot twice', 'bender=3-Ab1,bender=7-Cd2', [BENDER], ['bender key (a second one)']],
  ])('may have %s', (_, botKeys, members, broken) => {
    const found = membersIn(botKeys, roster)

    expect(found.members.map(({ bot, userId }) => `${bot.name} ${userId}`)).toEqual(members)
    expect(found.broken.map(({ bot, field }) => `${bot} ${field}`)).toEqual(broken)
  })

  it('name a bot that is broken once, with the field that is wrong', () => {
    const { members, broken } = membersIn('bender=3-a,assistant=7-b', [
      { ...bender, effort: 'much' },
      assistant,
    ])

    expect(members.map(({ bot }) => bot.name)).toEqual(['assistant'])
    expect(broken).toEqual([{ bot: 'bender', field: 'effort' }])
  })

  it('know every user of ours, whole or broken', () => {
    const { userIds } = membersIn('bender=3-a,ghost=9-b,bender=11-c,assistant=none', roster)

    expect(userIds).toEqual(new Set([3, 9, 11]))
  })

  it('are told apart by the whole key', () => {
    const { members } = membersIn('bender=3-Ab1,assistant=7-Cd2', roster)

    expect(findByKey(members, '7-Cd2')?.bot.name).toBe('assistant')
    for (const key of ['', '7-', '7-Cd', '7-Cd22', '7-cd2', '3-Cd2']) {
      expect(findByKey(members, key)).toBeUndefined()
    }
    expect(findBot(members, 'bender')?.userId).toBe(3)
    expect(findBot(members, 'Bender')).toBeUndefined()
  })

  it('are parsed once, and what is broken is logged once, without a key', () => {
    const lines: string[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => lines.push(line))
    const botKeys = 'assistant=3-7876b7cdc3d5,5-Secret=analyst,ghost=9-Secret'

    expect(membersOf(botKeys)).toBe(membersOf(botKeys))
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'error', event: 'bot.broken', bot: '(no name)', field: 'key' },
      { level: 'error', event: 'bot.broken', bot: 'ghost', field: 'name' },
    ])
    expect(lines.join()).not.toContain('Secret')
  })
})

describe('a secret', () => {
  it.each([
    ['letmein', 'letmein', true],
    ['letmein', 'letmeIn', false],
    ['letmein', 'letmei', false],
    ['letmein', 'letmein ', false],
    ['letmein', '', false],
    ['', 'letmein', false],
    ['', '', true],
    ['grüße', 'grüße', true],
    ['grüße', 'gru\u0308ße', false],
    ['ä', 'xx', false],
    ['a\0b', 'a\0c', false],
  ])('%j and %j: %s', (ours, theirs, same) => {
    expect(sameSecret(ours, theirs)).toBe(same)
  })
})

it('answers in another room as another bot', async () => {
  const { model, david, watercooler } = world
  model.says('Conclusion first.').says('Hi!')
  await world.asks(david, 'what do you think?', watercooler, world.analyst)
  await world.asks(david, 'and you?')

  expect(world.answers(watercooler, world.analyst)).toEqual(['Conclusion first.'])
  expect(world.answers()).toEqual(['Hi!'])
  expect(model.prompts.map(({ model }) => model)).toEqual(['claude-opus-5-5', 'claude-sonnet-5-5'])
  expect(JSON.stringify(model.prompts[0]?.system)).toContain('You are the analyst of a team')
})

function namesOf({ tools }: { tools: { name: string }[] }) {
  return tools.map(({ name }) => name)
}
