import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Dialect } from '../campground/dialect.ts'
import { extent } from '../support/extent.ts'
import { eventually } from './support/eventually.ts'
import { API_KEY, freePort, SettingUp } from './support/setting-up.ts'

let here: SettingUp

function useCampfire(dialect: Dialect) {
  beforeEach(async () => {
    here = await SettingUp.begin(dialect)
  })
  afterEach(async () => await here.end())
}

/** Nothing of it may ever be seen: terminals are shown to others, and kept in logs. */
function expectNothingSecret(printed: string) {
  const { ADMIN_TOKEN = '?', WEBHOOK_SECRET } = here.kept()
  const secrets = [here.assistant.key, here.analyst.key, API_KEY, 'sk-wrong', ADMIN_TOKEN]
  for (const secret of [...secrets, ...(WEBHOOK_SECRET ? [WEBHOOK_SECRET] : [])]) {
    expect(printed).not.toContain(secret)
  }
}

/** To whom sets up, they are the same: both in `npm run proof`. */
const DIALECTS: Dialect[] = extent === 'some' ? ['rails'] : ['rails', 'port']

describe.each(DIALECTS)('npm run setup, in a Campfire (%s)', (dialect) => {
  useCampfire(dialect)

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
  useCampfire('v1.4.9')
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

describe('npm run setup, by flags', () => {
  useCampfire('rails')
  const all = () => ['--bot', here.line(), '--anthropic-key', API_KEY, '--no-wait']

  it('deploys code, settings and secrets in one go, and leaves no file behind', async () => {
    const wrangler = here.fakeWrangler()
    const { status, printed } = await here.setup([...all(), '--on', 'cloudflare'], [], wrangler.env)

    const { args, secrets, mode, file } = wrangler.told()
    expect(args.slice(0, 3)).toEqual(['deploy', '--var', `CAMPFIRE_URL:${here.url}`])
    expect(secrets).toEqual({
      BOT_KEYS: `assistant=${here.assistant.key}`,
      ANTHROPIC_API_KEY: API_KEY,
      ANTHROPIC_BASE_URL: here.modelUrl,
      ADMIN_TOKEN: here.kept().ADMIN_TOKEN,
    })
    for (const secret of Object.values(secrets ?? {})) expect(args.join(' ')).not.toContain(secret)
    expect(mode).toBe('600')
    await expect(
      import('node:fs/promises').then(({ access }) => access(file ?? '')),
    ).rejects.toThrow()
    expect(printed).toContain('https://firekeeper.david.workers.dev/webhook\n')
    expect(here.kept().FIREKEEPER_URL).toBe('https://firekeeper.david.workers.dev')
    expect(status).toBe(0)
    expectNothingSecret(printed)
  })

  it('lets nobody see a token of another server, nor anything else that is kept there', async () => {
    const more = {
      MCP_TRACKER: 'token-of-the-tracker',
      MY_OWN_KEY: 'key-of-my-own',
      TIME_ZONE: 'UTC',
    }
    here.write(more)
    const wrangler = here.fakeWrangler()
    await here.setup([...all(), '--on', 'cloudflare'], [], wrangler.env)

    const { args, secrets } = wrangler.told()
    expect(secrets).toMatchObject({ MCP_TRACKER: more.MCP_TRACKER, MY_OWN_KEY: more.MY_OWN_KEY })
    expect(args.join(' ')).not.toMatch(/token-of-the-tracker|key-of-my-own/)
    expect(args).toContain('TIME_ZONE:UTC')
  })

  it('says that a deploy has failed, and can be run again with nothing to type', async () => {
    const failing = here.fakeWrangler({ status: 1 })
    const failed = await here.setup([...all(), '--on', 'cloudflare'], [], failing.env)
    expect(failed.printed).toContain('wrangler deploy failed')
    expect(failed.status).toBe(1)

    const before = here.kept()
    const wrangler = here.fakeWrangler()
    const { status } = await here.runs('setup', ['--yes', '--no-wait'], [], wrangler.env).ended
    expect([status, wrangler.wasRun()]).toEqual([0, true])
    expect(here.kept()).toEqual({ ...before, FIREKEEPER_URL: expect.any(String) })
  })

  it('leaves the terminal to wrangler, which may have questions of its own', async () => {
    const wrangler = here.fakeWrangler({ asks: 'Which account?' })
    const args = ['--model-url', here.modelUrl, ...all()]
    const run = here.runs('setup', args, null, wrangler.env)
    await run.has('Where shall it run')
    await run.types('\n')
    await run.has('Which account?')
    for (const sign of 'the second of mine\n') await run.types(sign)

    expect((await run.ended).status).toBe(0)
    expect(wrangler.told().heard).toBe('the second of mine\n')
  })

  it('leaves no file behind either where somebody ends it while it deploys', async () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const wrangler = here.fakeWrangler({ hangs: true })
      const args = ['--model-url', here.modelUrl, ...all(), '--on', 'cloudflare']
      const run = here.runs('setup', args, [], wrangler.env)
      await eventually('it deploys', () => wrangler.wasRun())
      const { file } = wrangler.told()
      expect(existsSync(String(file))).toBe(true)
      run.signal(signal)

      expect((await run.ended).status).not.toBe(0)
      expect([signal, existsSync(String(file))]).toEqual([signal, false])
    }
  })

  it('adds a second bot by one more line, and changes nothing else', async () => {
    await here.setup([...all(), '--on', 'here'])
    writeFileSync(join(here.home, '.dev.vars'), `# mine\nTIME_ZONE="Europe/Zurich"\n${here.text}`)
    const before = here.kept()
    const line = `analyst=${here.line(here.analyst)}`
    const { status } = await here.setup(['--bot', line, '--yes', '--no-wait'])

    expect(status).toBe(0)
    expect(here.kept()).toEqual({
      ...before,
      BOT_KEYS: `assistant=${here.assistant.key},analyst=${here.analyst.key}`,
    })
    expect(here.text.startsWith('# mine\nTIME_ZONE="Europe/Zurich"\n')).toBe(true)
  })

  it('takes a key that was made anew for the bot that it belongs to', async () => {
    await here.setup([...all(), '--on', 'here'])
    here.campfire.change(here.campfire.people.get(3), { key: '3-newnewnew' })
    const { status } = await here.setup([
      '--bot',
      here.line({ key: '3-newnewnew' }),
      '--yes',
      '--no-wait',
    ])

    expect([status, here.kept().BOT_KEYS]).toEqual([0, 'assistant=3-newnewnew'])
  })

  it('keeps the memory of a Campfire that has moved, and refuses one that is another', async () => {
    await here.setup([...all(), '--on', 'here'])
    const old = here.kept().CAMPFIRE_URL
    const moved = here.url.replace('127.0.0.1', 'localhost')
    const line = ['--bot', here.line(here.assistant, { url: moved }), '--yes', '--no-wait']

    const refused = await here.setup(line)
    expect(refused.printed).toContain('That is another Campfire than')
    expect([refused.status, here.kept().CAMPFIRE_URL]).toEqual([1, old])

    const taken = await here.setup([...line, '--moved'])
    expect(taken.status).toBe(0)
    expect(here.kept()).toMatchObject({ CAMPFIRE_URL: moved, CAMPFIRE_ID: old })
  })

  it('keeps two Workers apart, each with keys of its own', async () => {
    await here.setup([...all(), '--on', 'here'])
    const wrangler = here.fakeWrangler()
    const args = ['--name', 'staging', '--bot', here.line(here.analyst), '--anthropic-key', API_KEY]
    const second = await here.setup([...args, '--on', 'cloudflare', '--no-wait'], [], wrangler.env)

    expect(second.status).toBe(0)
    expect(wrangler.told().args.slice(0, 3)).toEqual(['deploy', '--name', 'staging'])
    expect(here.kept().BOT_KEYS).toBe(`assistant=${here.assistant.key}`)
    expect(here.kept('.dev.vars.staging').BOT_KEYS).toBe(`assistant=${here.analyst.key}`)
    expect(here.kept('.dev.vars.staging').ADMIN_TOKEN).not.toBe(here.kept().ADMIN_TOKEN)
  })

  it('touches the settings of no other Worker, whatever that is called', async () => {
    await here.setup([...all(), '--on', 'here', '--name', 'new'])
    const other = readFileSync(join(here.home, '.dev.vars.new'), 'utf8')
    await here.setup([...all(), '--on', 'here'])

    expect(readFileSync(join(here.home, '.dev.vars.new'), 'utf8')).toBe(other)
    expect(here.kept().BOT_KEYS).toBe(`assistant=${here.assistant.key}`)
  })

  it('keeps what others may not read, whoever could read it before', async () => {
    for (const name of ['.dev.vars', '.dev.vars~']) {
      writeFileSync(join(here.home, name), 'TIME_ZONE="UTC"\n')
      chmodSync(join(here.home, name), 0o666)
    }
    await here.setup([...all(), '--on', 'here'])

    expect([here.isPrivate(), readdirSync(here.home)]).toEqual([true, ['.dev.vars']])
  })

  it('writes where the file is, if it is kept elsewhere', async () => {
    const elsewhere = mkdtempSync(join(here.home, 'kept elsewhere '))
    writeFileSync(join(elsewhere, 'vars'), 'TIME_ZONE="UTC"\n')
    symlinkSync(join(elsewhere, 'vars'), join(here.home, '.dev.vars'))
    const { status } = await here.setup([...all(), '--on', 'here'])

    expect([status, lstatSync(join(here.home, '.dev.vars')).isSymbolicLink()]).toEqual([0, true])
    expect(here.kept()).toMatchObject({ TIME_ZONE: 'UTC', BOT_KEYS: expect.any(String) })
    expect(readdirSync(elsewhere)).toEqual(['vars'])
  })

  it('keeps every line that is somebody’s own, as Windows and as Unix end them', async () => {
    const own = [
      '# mine, and "so" on',
      'export TIME_ZONE="Europe/Zurich"',
      "PRICES='{}' # of mine",
      '',
      '',
    ]
    for (const end of ['\n', '\r\n']) {
      writeFileSync(join(here.home, '.dev.vars'), [...own, 'BOT_KEYS=""', '  # last'].join(end))
      const { status } = await here.setup([...all(), '--on', 'here'])
      const again = await here.setup(['--yes', '--no-wait'])

      expect([status, again.status]).toEqual([0, 0])
      expect(here.text.replaceAll('\r\n', '\n').startsWith(own.join('\n'))).toBe(true)
      expect(here.text).toMatch(/^ {2}# last\r?$/m)
      const { BOT_KEYS, ADMIN_TOKEN, TIME_ZONE } = here.kept()
      expect([BOT_KEYS, TIME_ZONE]).toEqual([`assistant=${here.assistant.key}`, 'Europe/Zurich'])
      expect(ADMIN_TOKEN).toMatch(/^[0-9a-f]{48}$/)
      expect(here.text.match(/BOT_KEYS/g)).toHaveLength(1)
    }
  })

  it('takes the key from the environment, and a gateway that lists no models', async () => {
    here.hidesModels = true
    here.model.says('Yes.')
    const args = ['--bot', here.line(), '--on', 'here', '--no-wait']
    const { status, printed } = await here.setup(args, [], { ANTHROPIC_API_KEY: API_KEY })

    expect(printed).toContain('claude-sonnet-5-5 has answered.')
    expect([status, here.kept().ANTHROPIC_API_KEY]).toEqual([0, API_KEY])
  })

  it.each<[string, () => string[], string, status?: number]>([
    ['a bot line', () => ['--bot', 'hello'], 'That is not the line'],
    ['a bot name', () => ['--bot', `butler=${here.line()}`], 'There is no bot of that name'],
    [
      'a key for Claude',
      () => ['--bot', here.line(), '--anthropic-key', 'sk-wrong'],
      'It is not taken',
    ],
    ['a token', () => [...all(), '--admin-token', 'letmein'], 'That ADMIN_TOKEN can be guessed'],
    ['a place', () => [...all(), '--on', 'moon'], '--on wants cloudflare or here', 2],
    ['an address', () => [...all(), '--on', 'here', '--url', 'x'], '--url wants an address', 2],
    ['a name', () => [...all(), '--name', 'A b'], '--name wants', 2],
    ['no answer', () => [], 'Give --bot.'],
    ['no key', () => ['--bot', here.line()], 'Give --anthropic-key, or ANTHROPIC_API_KEY.'],
    ['no place', () => all(), 'Give --on.'],
  ])('ends with what was wrong, and never asks: %s', async (_, args, words, wanted = 1) => {
    const { status, printed } = await here.setup(args())

    expect(printed).toContain(words)
    expect(status).toBe(wanted)
    expectNothingSecret(printed)
  })
})
