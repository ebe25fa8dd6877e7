import { runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../src/operator/bots/compare.ts'
import { Bots } from '../../src/operator/schemas.ts'
import { account, botNow, saves } from '../support/bot-page.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'
import * as visitor from './visitor.ts'

const HOME = 'https://firekeeper.example.com'
const OPERATOR = { authorization: 'Bearer letmein', accept: 'text/html' }

const world = useWorld()
const change = useBotChanges()

async function page(path = '/bots/assistant') {
  const answer = await exports.default.fetch(`${HOME}${path}`, { headers: OPERATOR })
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  return await answer.text()
}

/** As a browser sends what stands in the form, but for these. */
async function sends(changes: Record<string, string>, path = '/bots/assistant') {
  const { words, newest } = await botNow()
  const { instructions, model, maxTokens, limits, tools } = words
  const fields = new URLSearchParams({
    _method: 'PATCH',
    'from:number': String(newest),
    ...{ instructions, model, fallbackModel: '', effort: '', thinking: '' },
    'maxTokens:number': String(maxTokens),
    'limits.steps:number': String(limits.steps),
    'limits.minutes:number': String(limits.minutes),
    'limits.outputTokens:number': String(limits.outputTokens),
    ...changes,
  })
  for (const tool of ['', ...tools]) fields.append('tools:list', tool)
  const init = { method: 'POST', headers: OPERATOR, body: fields, redirect: 'manual' as const }
  return await exports.default.fetch(`${HOME}${path}`, init)
}

describe('the page of a bot', () => {
  it('saves what is written into it, and says so', async () => {
    const answer = await sends({ instructions: 'You are a pirate.', effort: 'low' })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/bots/assistant?done=bot',
    ])

    expect((await botNow()).words).toMatchObject({
      instructions: 'You are a pirate.',
      effort: 'low',
      fallbackModel: null,
    })
    expect(await page('/bots/assistant?done=bot')).toContain('Saved. The next turn uses it')
  })

  it('saves nothing new when it is sent as it was opened', async () => {
    change({ fallbackModel: undefined })
    const answer = await sends({})

    expect(answer.headers.get('location')).toBe('/bots/assistant?done=same')
    expect((await botNow()).newest).toBe(0)
  })

  it('loses nothing that was written for a wrong number', async () => {
    const answer = await sends({ instructions: 'You are a <pirate>.', 'maxTokens:number': '1' })
    const html = await answer.text()

    expect(answer.status).toBe(400)
    expect(html).toContain('You are a &lt;pirate&gt;.')
    expect(html).toContain('longest answer: ')
    expect(html).toContain('Nothing was saved, and what you wrote is still here.')
  })

  it('nor because somebody else was faster, and shows what they did', async () => {
    await saves({ instructions: 'You are a monk.' })
    const answer = await sends({ instructions: 'You are a pirate.', 'from:number': '0' })
    const html = await answer.text()

    expect(html).toContain('Somebody else has saved a version')
    expect(html).toMatch(/<textarea[^>]*>You are a pirate\.<\/textarea>/)
    expect(html).toContain('name="from:number" value="1"')
  })

  it('is no way in for a script in a prompt, or in who saved it', async () => {
    const evil = '</textarea></pre><script>alert(1)</script>'
    await account().changeBot('assistant', { instructions: evil }, { who: evil, from: null })

    for (const path of ['/bots/assistant', '/bots/assistant/versions/1']) {
      expect(await page(path)).toContain('&lt;script&gt;alert')
      expect(await page(path)).not.toContain('<script>alert')
    }
  })

  it('tells where the deploy and the page disagree, in the list too', async () => {
    await saves({ instructions: 'You are a pirate.' })
    expect(await page()).not.toContain('disagree')
    change({ instructions: 'You are a sailor.' })

    expect(await page()).toContain('The page and the last deploy disagree.')
    expect(await page('/bots')).toContain('A deploy has changed its file')
    const json = await exports.default.fetch(`${HOME}/bots`, {
      headers: { authorization: OPERATOR.authorization },
    })
    expect(Bots.parse(await json.json()).bots).toMatchObject([
      { name: 'assistant', goesBy: 1, fileChanged: true },
      { name: 'analyst', goesBy: 'file', fileChanged: false },
    ])
  })

  it('shows what is other in a version, and leads back to it', async () => {
    await saves({ instructions: 'You are a pirate.', maxTokens: 4_000 })
    await saves({ instructions: 'You are a monk.' })
    const html = await page('/bots/assistant/versions/1')

    expect(html).toContain('<span class="unseen">new: </span>You are a pirate.')
    expect(html).toContain('4,000')
    expect(html).toContain('Go back to 1')
  })

  it('calls rooms by their names, also where a test message is to be said', async () => {
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    await exports.default.fetch(`${HOME}/rooms`, { headers: OPERATOR }) // the room is asked for its news

    const html = await page()
    expect(html).toMatch(/<a href="\/rooms\/1\/assistant">Watercooler<\/a>/)
    expect(html).toMatch(/<option value="1">Watercooler<\/option>/)
  })

  it('goes back to no version whose tool is gone, and says which', async () => {
    await saves({ tools: ['boost', 'memory'] })
    await saves({ instructions: 'You are a pirate.' })
    await runInDurableObject(account(), (_, { storage: { sql } }) => {
      const gone =
        'UPDATE bot_versions SET words = replace(words, \'"boost"\', \'"juggle"\') WHERE number = 1'
      sql.exec(gone)
    })
    const fields = { _method: 'PATCH', 'from:number': '2', 'number:number': '1' }
    const answer = await visitor.sends('/bots/assistant/version', fields)

    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining('there is no tool named juggle'),
    ])
    expect((await botNow()).newest).toBe(2)
    expect(await page('/bots/assistant/versions/1')).toContain('juggle')
  })

  it('is gone with its key, what it was is not, and both come back together', async () => {
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    await saves({ instructions: 'You are a pirate.' })
    await exports.default.fetch(`${HOME}/rooms`, { headers: OPERATOR })
    const { BOT_KEYS } = env
    Object.assign(env, { BOT_KEYS: 'analyst=7-XyZ789abcdef' })
    try {
      for (const path of ['/bots/assistant', '/bots/assistant/versions/1', '/rooms/1/assistant'])
        expect(await page(path)).toContain('I don&#39;t know that')
      for (const path of ['/', '/rooms', '/bots', '/costs?by=bot', '/kept', '/kept/rooms/1/3'])
        expect(await page(path)).not.toContain('href="/rooms/1/')
      expect(await page('/rooms')).toContain('Watercooler')
      expect(await page('/rooms')).toContain('user 3, no longer in BOT_KEYS')
    } finally {
      Object.assign(env, { BOT_KEYS })
    }
    expect((await botNow()).goesBy).toBe(1)
  })

  it('is of nobody that is not there', async () => {
    expect(await page('/bots/nobody')).toContain('I don&#39;t know that bot.')
  })
})

it.each<[string, string, string]>([
  ['a b c', 'a b c', 'a b c'],
  ['a b c', 'a c', 'a -b c'],
  ['a c', 'a b c', 'a +b c'],
  ['a b c', 'a x c', 'a -b +x c'],
  ['a', 'b', '-a +b'],
  ['a b c d', 'c d a b', '-a -b c d +a +b'],
  ['a a a', 'a a', 'a a -a'],
  ['a b c d e', 'a x c y e', 'a -b +x c -d +y e'],
])('from %j to %j by line is %j', (before, after, told) => {
  const lines = linesOf(before.replaceAll(' ', '\n'), after.replaceAll(' ', '\n'))
  const sign = { same: '', gone: '-', new: '+' }

  expect(lines.map(({ is, text }) => sign[is] + text).join(' ')).toBe(told)
})

it('compares prompts of any length at once', () => {
  const many = (word: string) =>
    Array.from({ length: 20_000 }, (_, at) => `${word}${at}`).join('\n')

  expect(linesOf(many('a'), many('b'))).toHaveLength(40_000)
})
