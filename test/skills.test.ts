/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest'
import { assistant } from '../src/bots/assistant.ts'
import { checkRoster } from '../src/bots.ts'
import { help, SENTENCES, sentencesFor } from '../src/sentences.ts'
import { moduleOf } from '../src/skills/module.ts'
import { readSkill } from '../src/skills/read.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh']

const written = import.meta.glob<string>(['../src/skills/*/*'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const modules = import.meta.glob<string>(['../src/skills/*.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const folders = Map.groupBy(Object.keys(written), (path) => path.split('/').at(-2) ?? '')

describe.each([...folders])('the skill %s that we ship', (name, paths) => {
  const files = Object.fromEntries(
    paths.map((path) => [path.split('/').at(-1) ?? '', written[path] ?? '']),
  )

  it('is in the Worker as it is in its files', () => {
    expect(modules[`../src/skills/${name}.ts`]).toBe(moduleOf(readSkill(name, files)))
  })

  it('is somebody’s, who has all that it takes', () => {
    const { bots, broken } = checkRoster()
    const owner = [...bots.values()].find((bot) => bot.skills.some((one) => one.name === name))
    const tools = owner?.tools.map((tool) => tool.name)
    expect(broken).toEqual([])
    expect(tools).toEqual(expect.arrayContaining(['use_skill', 'read_skill_file']))
    expect(tools).toEqual(expect.arrayContaining(readSkill(name, files).tools))
  })

  it('is told to people in every language', () => {
    const { examples } = readSkill(name, files)
    expect(Object.keys(examples).sort()).toEqual(LANGUAGES.toSorted())
    expect(new Set(Object.values(examples)).size).toBe(LANGUAGES.length)
  })
})

const head = (changes: Record<string, string | null> = {}) => {
  const fields = { name: 'tea', when: 'Somebody wants tea made.', tools: 'boost', ...changes }
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${value}`],
  )
  return `---\n${lines.join('\n')}\n---\n\n`
}
const tea = {
  'SKILL.md': `${head()}Boil it by \`kettle.md\`, then \`boost\` it.`,
  'kettle.md': 'Hot.',
}

describe('a folder', () => {
  it('is a skill', () => {
    const skill = readSkill('tea', tea)
    expect(skill).toMatchObject({ name: 'tea', tools: ['boost'], files: { 'kettle.md': 'Hot.' } })
    expect(skill.body).toBe('Boil it by `kettle.md`, then `boost` it.')
  })

  it.each<[string, (text: string) => string]>([
    ['with lines of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['with lines of an old Mac', (text) => text.replaceAll('\n', '\r')],
    ['with a mark at its beginning', (text) => `\ufeff${text}`],
    [
      'with tabs in its front matter',
      (text) => text.replaceAll(': ', ':\t').replaceAll('---', '---\t'),
    ],
  ])('is the same skill %s', (_, saved) => {
    const files = Object.entries(tea).map(([name, text]) => [name, saved(text)])
    expect(readSkill('tea', Object.fromEntries(files))).toEqual(readSkill('tea', tea))
  })

  it.each<[RegExp, Record<string, string | undefined>]>([
    [
      /^SKILL\.md: tools stands twice/,
      { 'SKILL.md': tea['SKILL.md'].replace('tools', 'tools: list\ntools') },
    ],
    [/^There is no SKILL\.md/, { 'SKILL.md': undefined }],
    [/does not begin with front matter/, { 'SKILL.md': 'Just do it.' }],
    [/no line of front matter: and so on/, { 'SKILL.md': '---\nand so on\n---\n\nDo.' }],
    [/name: the folder is called tea/, { 'SKILL.md': `${head({ name: 'coffee' })}Do.` }],
    [/name: lower case/, { 'SKILL.md': `${head({ name: 'Tea' })}Do.` }],
    [/when: /, { 'SKILL.md': `${head({ when: null })}Do.` }],
    [/mood: /, { 'SKILL.md': `${head({ mood: 'glad' })}Do.` }],
    [/SKILL\.md is empty/, { 'SKILL.md': head() }],
    [/names the tool read_table/, { 'SKILL.md': `${head()}See \`kettle.md\`, \`read_table\`.` }],
    [/names the file pot\.csv/, { 'SKILL.md': `${head()}See \`kettle.md\` and \`pot.csv\`.` }],
    [/kettle\.md names the file cup\.md/, { 'kettle.md': 'See `cup.md`.' }],
    [/does not name spoon\.md/, { 'spoon.md': 'Stir.' }],
    [/kettle\.md is longer/, { 'kettle.md': 'Hot. '.repeat(20_000) }],
  ])('with something amiss is none: %s', (why, changes) => {
    const files = Object.fromEntries(
      Object.entries({ ...tea, ...changes }).flatMap(([file, text]) =>
        text === undefined ? [] : [[file, text]],
      ),
    )
    expect(() => readSkill('tea', files)).toThrow(why)
  })

  it('is a module, whatever stands in it', async () => {
    const strange = { ...tea, 'kettle.md': ['`', '$', '{kettle}', '\\'].join('') }
    const module = moduleOf(readSkill('tea', strange))
    expect(module).toContain(['`', '\\`', '\\$', '{kettle}', '\\\\', '`'].join(''))
  })
})

it('a bot without a tool that its skill speaks of is broken, and says which', () => {
  const skills = [readSkill('tea', tea)]
  const { broken } = checkRoster([
    { ...assistant, skills, tools: [] },
    { ...assistant, name: 'other', skills },
  ])
  expect(broken).toEqual([{ bot: 'assistant', field: 'skills.tea.boost' }])
})

it('a bot with two skills of one name is broken: nobody could tell which is meant', () => {
  const skills = [readSkill('tea', tea), readSkill('tea', tea)]
  const { broken } = checkRoster([{ ...assistant, skills }])
  expect(broken).toEqual([{ bot: 'assistant', field: 'skills' }])
})

describe('a bot with skills', () => {
  it('knows their names, reads one when it fits, and works by it', async () => {
    world.model
      .uses('use_skill', { name: 'minutes' })
      .uses('read_skill_file', { skill: 'minutes', file: 'template.md' })
      .says('**Decided**: otters.')
    await world.asks(world.david, 'the minutes, please')

    const [first, second, third] = world.model.bodies
    expect(first).toContain('- minutes: Somebody wants the minutes of a discussion')
    expect(first).not.toContain('Minutes are for people who were not there')
    expect(second).toContain('Minutes are for people who were not there')
    expect(second).not.toContain('Who took part')
    expect(third).toContain('Who took part')
    expect(world.answers()).toEqual(['Decided: otters.'])
  })

  it('is told what there is where it asks for something else', async () => {
    world.model
      .uses([
        ['use_skill', { name: 'poetry' }],
        ['read_skill_file', { skill: 'minutes', file: '__proto__' }],
        ['read_skill_file', { skill: 'poetry', file: 'rhymes.md' }],
      ])
      .says('None of it.')
    await world.asks(world.david, 'a poem, please')

    const told = world.model.bodies.at(-1)
    expect(told).toContain('There are: minutes, weekly-report, spreadsheet-review.')
    expect(told).toContain('There is: template.md.')
    expect(told).toContain('You have no skill poetry. Look for its name')
  })

  it('begins each request with the same bytes, and says nothing of skills where it has none', async () => {
    world.model.says('One.').says('Two.').says('Three.')
    await world.asks(world.david, 'one')
    await world.asks(world.jason, 'two')
    await world.asks(world.david, 'three', world.watercooler, world.analyst)

    const [one, two, three] = world.model.prompts.map(({ system }) => JSON.stringify(system))
    expect(one).toBe(two)
    expect(three).not.toMatch(/skill/i)
  })

  it('tells people what to ask for, in their language as far as that is written', () => {
    const skills = [{ examples: { en: 'Make tea', de: 'Mach Tee' } }]
    const bot = { name: 'bender', about: 'I bend.', skills }
    expect(help(bot, false, SENTENCES)).toContain('- *Make tea*')
    expect(help(bot, false, sentencesFor('de'))).toContain('- *Mach Tee*')
    expect(help(bot, false, sentencesFor('ja'))).not.toContain('tea')
  })
})
