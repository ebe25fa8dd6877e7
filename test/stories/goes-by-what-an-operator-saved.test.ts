import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { assistant as file } from '../../src/bots/assistant.ts'
import { account, asksBots, botNow, saves, tells } from '../support/bot-page.ts'
import { PIRATE, useSavedBot } from '../support/saved-bot.ts'

const { world, change, systemOf, bytes, toolsOf, savedIn } = useSavedBot()

describe('a turn under way', () => {
  it('keeps its words, its model and what it thought, whatever is saved and whoever dies', async () => {
    const { model, david } = world
    change({ fallbackModel: undefined })
    model.thinks('I shall look.').uses('read_messages').fails(529)
    await world.asks(david, 'what was said?')
    const before = systemOf(-1)

    await saves({ instructions: PIRATE, model: 'claude-opus-5-5', tools: ['boost'], effort: 'low' })
    await tells()
    await evictDurableObject(world.room())
    model.says('Nothing much.')
    await world.passes(30_000)
    expect(world.answers()).toEqual(['Nothing much.'])
    expect(systemOf(-1)).toBe(before)
    expect(model.prompts.at(-1)?.model).toBe(file.model)
    expect(bytes(-1)).toContain('I shall look.')

    model.says('Arr!')
    await world.asks(david, 'and now?')
    expect(systemOf(-1)).toContain('pirate')
    expect(bytes(-1)).toContain('Nothing much.')
    expect(bytes(-1)).not.toContain('I shall look.')
    expect([await savedIn(1), await savedIn(2)]).toEqual(['file', 1])
  })

  it('keeps a version that was saved, through two more', async () => {
    const { model, david } = world
    await saves({ instructions: PIRATE, fallbackModel: null })
    model.uses('read_messages').fails(529)
    await world.asks(david, 'what was said?')
    const before = systemOf(-1)
    expect(before).toContain('pirate')
    for (const instructions of ['You are a monk.', 'You are a nun.']) {
      await saves({ instructions, model: 'claude-opus-5-5' })
      await tells()
    }
    await evictDurableObject(world.room())
    model.says('Nothing much.').says('Amen.')
    await world.passes(30_000)
    expect([systemOf(-1), model.prompts.at(-1)?.model]).toEqual([before, file.model])

    await world.asks(david, 'and now?')
    expect(systemOf(-1)).toContain('nun')
    expect([await savedIn(1), await savedIn(2)]).toEqual([1, 3])
  })
})

describe('a deploy', () => {
  it('that changes the file while the page holds a version changes nothing, and the page says so', async () => {
    await saves({ instructions: PIRATE, maxTokens: 4_000 })
    expect((await botNow()).fileChanged).toEqual([])

    change({ instructions: 'You are a sailor.', model: 'claude-opus-5-5' })
    const { fileChanged, differs, goesBy, file } = await botNow()
    expect(fileChanged).toEqual(['instructions', 'model'])
    expect(differs).toEqual(['instructions', 'model', 'maxTokens'])
    expect({ goesBy, instructions: file.instructions }).toEqual({
      goesBy: 1,
      instructions: 'You are a sailor.',
    })
    world.model.says('Arr!').says('Ahoy.')
    await world.asks(world.david, 'hi')
    expect(systemOf(-1)).toContain('pirate')

    await asksBots('/version', { method: 'DELETE' })
    await tells()
    await world.asks(world.david, 'hi')
    expect(systemOf(-1)).toContain('sailor')
    expect(await botNow()).toMatchObject({ goesBy: 'file', fileChanged: [], differs: [] })
  })

  it('that takes a tool away leaves the version with the others, and the page says which', async () => {
    await saves({ tools: ['boost', 'memory'] })
    await runInDurableObject(account(), (_, { storage: { sql } }) => {
      sql.exec('UPDATE bot_versions SET words = replace(words, \'"boost"\', \'"juggle"\')')
    })
    world.model.says('Hello.')
    await world.asks(world.david, 'hi')

    expect(toolsOf(-1)).toEqual(['memory'])
    expect((await botNow()).problem).toBe('tools: there is no tool named juggle')
  })

  it('of an older or newer version, whose words we do not know, leaves the rest', async () => {
    await saves({ instructions: PIRATE })
    await runInDurableObject(account(), (_, { storage: { sql } }) => {
      sql.exec(
        `UPDATE bot_versions SET words = '{"instructions":"Ahoy.","maxTokens":"many","mood":"glad"}'`,
      )
    })
    world.model.says('Hello.')
    await world.asks(world.david, 'hi')

    expect(systemOf(-1)).toContain('Ahoy.')
    expect(model()).toMatchObject({ max_tokens: 8_000, model: file.model })
  })
})

function model() {
  return world.model.prompts.at(-1)
}
