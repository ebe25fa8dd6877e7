import { describe, expect, it } from 'vitest'
import { assistant as file } from '../../src/bots/assistant.ts'
import { BotComparison, Refusal } from '../../src/operator/schemas.ts'
import { asksBots, botNow, saves, tells } from '../support/bot-page.ts'
import { PIRATE, useSavedBot } from '../support/saved-bot.ts'

const { world, systemOf, bytesOfTools, toolsOf, savedIn } = useSavedBot()

describe('an operator', () => {
  it('changes the prompt, and the next answer follows it; goes back, and so does the bot', async () => {
    const { model, david } = world
    model.says('Hello.').says('Arr!').says('Hello again.')
    await world.asks(david, 'hi')
    await saves({ instructions: PIRATE, model: 'claude-opus-5-5', tools: ['boost'] })
    await tells()
    await world.asks(david, 'hi')
    expect(systemOf(-1)).toContain('You are a pirate.')
    expect(toolsOf(-1)).toEqual(['boost'])
    expect(model.prompts.at(-1)?.model).toBe('claude-opus-5-5')

    expect((await asksBots('/version', { method: 'DELETE' })).status).toBe(200)
    await tells()
    await world.asks(david, 'hi')
    expect(systemOf(-1)).toBe(systemOf(0))
    expect(model.prompts.at(-1)?.model).toBe(file.model)
    expect([await savedIn(1), await savedIn(2), await savedIn(3)]).toEqual(['file', 1, 'file'])
  })

  it('takes a tool away, and the skills that speak of it go with it', async () => {
    const tools = ['read_messages', 'search_conversation', 'attach_file']
    world.model.says('Hello.').says('Hello again.')
    await saves({ tools })
    await tells()
    await world.asks(world.david, 'hi')
    expect(systemOf(-1)).toMatch(/Your skills.*minutes/)
    expect(systemOf(-1)).not.toMatch(/weekly-report|spreadsheet-review/)

    await saves({ tools: ['boost'] })
    await tells()
    await world.asks(world.david, 'hi')
    expect(systemOf(-1)).not.toContain('Your skills')
    expect(bytesOfTools(-1)).not.toContain('use_skill')
  })

  it('sees who changed what and when, compares, and goes back to any version', async () => {
    await saves({ instructions: PIRATE })
    await saves({ effort: 'low', limits: { steps: 5 } })
    await asksBots('/version', { method: 'PATCH', body: { number: 1 } })

    const { versions, words, goesBy, differs, newest } = await botNow()
    expect(versions).toMatchObject([
      { number: 3, who: 'token', again: 1, changes: ['effort', 'limits'] },
      { number: 2, who: 'token', again: null, changes: ['effort', 'limits'] },
      { number: 1, who: 'token', again: null, changes: ['instructions'] },
    ])
    expect({ goesBy, newest, differs }).toEqual({ goesBy: 3, newest: 3, differs: ['instructions'] })
    expect(words).toMatchObject({ instructions: PIRATE, effort: null, limits: { steps: 30 } })

    const two = BotComparison.parse(await (await asksBots('/versions/2?with=3')).json())
    expect(two.fields).toEqual([
      { name: 'effort', before: null, after: 'low' },
      {
        name: 'limits',
        before: expect.objectContaining({ steps: 30 }),
        after: { minutes: 10, outputTokens: 60_000, steps: 5 },
      },
    ])
    const one = BotComparison.parse(await (await asksBots('/versions/1')).json())
    expect(one.with).toBe('file')
    expect(one.instructions?.filter(({ is }) => is === 'new').map(({ text }) => text)).toEqual(
      PIRATE.split('\n'),
    )
  })

  it('saves nothing where nothing is different, and undoes nothing they have not read', async () => {
    expect(await saves({ instructions: file.instructions })).toEqual({ version: 0, isNew: false })
    await saves({ instructions: PIRATE, from: 0 })
    expect(await saves({ instructions: PIRATE, from: 1 })).toEqual({ version: 1, isNew: false })

    const late = await asksBots('', { method: 'PATCH', body: { instructions: 'Hm.', from: 0 } })
    expect(late.status).toBe(409)
    expect((await botNow()).words.instructions).toBe(PIRATE)
  })

  it.each<[object, string]>([
    [{ tools: ['boost', 'fly'] }, 'tools: there is no tool named fly'],
    [{ tools: ['boost', 'boost'] }, 'tools: boost stands there twice'],
    [{ model: 'gpt-9' }, 'model: no price is known of gpt-9'],
    [{ fallbackModel: 'gpt-9' }, 'fallbackModel: no price is known of gpt-9'],
    [{ effort: 'low', model: 'claude-haiku-4-5' }, 'model: claude-haiku-4-5 has no effort setting'],
    [{ effort: 'huge' }, 'effort: '],
    [{ instructions: '  ' }, 'instructions: '],
    [{ instructions: 'x'.repeat(50_001) }, 'instructions: '],
    [{ maxTokens: 1 }, 'maxTokens: '],
    [{ limits: { steps: 0 } }, 'limits.steps: '],
    [{ limits: { hours: 1 } }, 'limits.hours: '],
    [{ name: 'robo' }, 'name: '],
    [[], 'please send a JSON object'],
  ])('cannot save %j', async (changes, error) => {
    const answer = await asksBots('', { method: 'PATCH', body: changes })

    expect(answer.status).toBe(400)
    expect(Refusal.parse(await answer.json()).error).toContain(error)
    expect((await botNow()).newest).toBe(0)
  })

  it.each(['/versions/1', '/versions/x', '/versions/1?with=x'])(
    'is told that there is no %s',
    async (path) => {
      expect((await asksBots(path)).status).toBe(404)
    },
  )
})

describe('a test message', () => {
  it('is said in the room once, whoever presses twice', async () => {
    world.model.says('Hello.')
    await world.asks(world.david, 'hi')
    await world.room().tellNow()
    const test = { room: 1, words: 'Is this thing on?', id: 'once' }
    const says = async () => await asksBots('/test', { method: 'PATCH', body: test })
    expect([(await says()).status, (await says()).status]).toEqual([200, 200])
    await world.rings()
    await says()
    await world.rings()

    expect(world.answers()).toEqual(['Hello.', 'Is this thing on?'])
  })

  it.each([
    [{ room: 99, words: 'Hm?' }, 404],
    [{ room: 1, words: ' ' }, 400],
    [{ room: 1 }, 400],
  ])('of %j is refused', async (body, status) => {
    expect((await asksBots('/test', { method: 'PATCH', body })).status).toBe(status)
  })
})
