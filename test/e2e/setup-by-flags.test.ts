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
import { describe, expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { API_KEY } from './support/setting-up.ts'
import { expectNothingSecret, here, useSettingUp } from './support/use-setting-up.ts'

describe('npm run setup, by flags', () => {
  useSettingUp('rails')
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
    await run.has('Where should it run')
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
