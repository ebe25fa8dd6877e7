import { describe, expect, it } from 'vitest'
import type { Dialect } from '../campground/dialect.ts'
import { extent } from '../support/extent.ts'
import { eventually } from './support/eventually.ts'
import { API_KEY, freePort } from './support/setting-up.ts'
import { expectNothingSecret, here, useSettingUp } from './support/use-setting-up.ts'

const DIALECTS: Dialect[] = extent === 'some' ? ['rails'] : ['rails', 'port']

describe.each(DIALECTS)('npm run setup, in a Campfire (%s)', (dialect) => {
  useSettingUp(dialect)

  it('asks again for each answer that is wrong, and keeps the right ones', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`
    const { status, printed } = await here.setup(
      ['--no-wait'],
      [
        '',
        '3-7876b7cdc3d5',
        `${here.url}/account/bots`,
        here.line({ key: '3-000000000000' }),
        here.line(here.assistant, { room: 2 }),
        here.line(here.assistant, { url: nowhere }),
        // As it is copied where it was broken into lines; the rest of it answers nothing else.
        `${here.line()} \\\n  -H 'Accept: */*' \\\n  --silent`,
        'butler',
        'assistant',
        // Another one, which is the same, and then no more.
        `analyst=${here.line()}`,
        '',
        '',
        'sk wrong',
        'sk-wrong',
        API_KEY,
        'moon',
        'here',
      ],
    )

    expect(printed.match(/✗ .*/g)).toEqual([
      '✗ That is empty. It looks like this:',
      '✗ That is the key alone; I need the whole line that it stands in. It looks like this:',
      '✗ That is the address of the page; I need a line that stands on it. It looks like this:',
      expect.stringContaining('Campfire does not take the key: it is mistyped, was made anew'),
      expect.stringContaining('the bot is not in that room'),
      expect.stringContaining('Nobody answers at http'),
      expect.stringContaining('There is no bot of that name: there are assistant, analyst.'),
      expect.stringContaining('That is the line of assistant'),
      expect.stringContaining('That is empty. Make a key'),
      expect.stringContaining('There is a sign in it that no key has'),
      expect.stringContaining('It is not taken (it answers 401).'),
      '✗ Please say cloudflare or here.',
    ])
    expect(here.kept()).toMatchObject({
      CAMPFIRE_URL: here.url,
      BOT_KEYS: `assistant=${here.assistant.key}`,
      ANTHROPIC_API_KEY: API_KEY,
      ADMIN_TOKEN: expect.stringMatching(/^[0-9a-f]{48}$/),
      FIREKEEPER_URL: 'http://127.0.0.1:8787',
    })
    expect(printed).toContain('http://127.0.0.1:8787/webhook')
    expect(here.isPrivate()).toBe(true)
    expect(status).toBe(0)
    expectNothingSecret(printed)
    // A key is tried without a word in the room.
    expect(here.posts).toEqual([])
  })

  it('goes from nothing to the first answer, and the doctor finds all well', async () => {
    await goesFromNothing()

    const seen = await here.doctor()
    expect(seen.printed).toContain('key of assistant: Campfire')
    expect(seen.printed).toContain('webhook of assistant: Last heard on ')
    expect(seen.printed).toContain('webhook, as assistant: It takes a delivery with this key')
    expect(seen.printed).toContain('clock of the Worker: It agrees with ours.')
    expect(seen.printed).toContain('storage: About ')
    expect(seen.printed).toMatch(/, 0 doubtful, 0 wrong\.\n$/)
    expect(seen.status).toBe(0)
    expectNothingSecret(seen.printed)
  })
})

/** All by flags but what is done in Campfire: the webhook URL, and a mention. */
async function goesFromNothing(flags: string[] = []) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const run = here.runs('setup', [
    ...['--bot', here.line(), '--anthropic-key', API_KEY, '--model-url', here.modelUrl],
    ...['--on', 'here', '--url', url, ...flags],
  ])
  await run.has('Mention assistant in a room now')
  expect(run.printed).toContain(`npm run dev -- --port ${port}`)
  await here.starts(port)
  expect(run.printed).not.toContain('heard you')

  here.pastes(/\S+\/webhook/.exec(run.printed)?.[0] ?? '')
  here.model.says('Hello David.')
  await here.says('are you there?')
  const { status, printed } = await run.ended
  expect(printed).toContain('✓ assistant heard you.')
  expect(status).toBe(0)
  expectNothingSecret(printed)
  await eventually('the first answer', () =>
    here.posts.some((post) => post.includes('Hello David.')),
  )
}

describe('npm run setup, in a Campfire that can only create', () => {
  useSettingUp('v1.4.9')
  const flags = ['--anthropic-key', API_KEY, '--on', 'here', '--no-wait']

  it('goes from nothing to the first answer, and waits for the first delivery, as elsewhere', async () => {
    await goesFromNothing(['--no-hello'])

    const seen = await here.doctor()
    expect(seen.printed).toContain('webhook of assistant: Last heard on ')
    expect(seen.printed).toMatch(/ 0 wrong\.\n$/)
    expect(seen.status).toBe(0)
  })

  it('says hello only after asking, and so finds out about a wrong key', async () => {
    const { status, printed } = await here.setup(
      [...flags],
      [
        `assistant=${here.line({ key: '3-000000000000' })}`,
        'maybe',
        'yes',
        `assistant=${here.line()}`,
        'yes',
        '',
      ],
    )

    expect(printed).toContain(
      'Campfire v1.4.9 can only create messages, so a key is tried by posting one.',
    )
    expect(printed).toContain('Please say yes or no.')
    expect(printed).toContain('✗ Campfire does not take the key')
    expect(printed).toContain('the bot has said hello in room 1')
    expect(status).toBe(0)
    expect(here.posts).toEqual([expect.stringContaining('Hello!')])
    expectNothingSecret(printed)
  })

  it.each([
    ['--no-hello', []],
    ['--yes', []],
  ])('posts nothing with %s', async (flag) => {
    const { status, printed } = await here.setup(['--bot', here.line(), flag, ...flags])

    expect([status, here.campfire.messages.all.length]).toEqual([0, 0])
    expect(printed).toContain('! The key was not tried')
  })

  it('is told so by the doctor, until somebody has spoken to the bot', async () => {
    await here.setup(['--bot', here.line(), '--no-hello', ...flags])
    here.write({ ...(here.kept() as Record<string, string>), FIREKEEPER_URL: '' })
    const { status, printed } = await here.doctor()

    expect(printed).toContain('! key of assistant: Campfire v1.4.9 can only create messages')
    expect([status, here.campfire.messages.all.length]).toEqual([0, 0])
  })
})
