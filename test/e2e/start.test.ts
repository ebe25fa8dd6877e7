import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Doctor } from '../../src/operator/schemas.ts'
import { chooseModel } from '../start/model.ts'
import { eventually } from './support/eventually.ts'
import { NpmStart, nobodyIsLeftOf, placeToStart } from './support/npm-start.ts'

describe('npm start', () => {
  let place: Awaited<ReturnType<typeof placeToStart>>
  let started: NpmStart

  beforeEach(async () => {
    place = await placeToStart()
    started = new NpmStart(place.env)
    await started.isUp()
  })
  afterEach(() => {
    started.signal('SIGKILL')
    place.remove()
  })

  it('stops everything on Ctrl-C', async () => {
    const family = started.family()
    expect(family.filter(({ name }) => name === 'workerd')).toHaveLength(4)

    started.signal('SIGINT')
    await nobodyIsLeftOf(family)
    expect(started.printed).not.toContain('by itself')
  })

  it('leaves nobody behind when it is killed itself', async () => {
    const family = started.family()
    started.signal('SIGKILL')
    await nobodyIsLeftOf(family)
  })

  it('says so and stops everything when one of its parts dies', async () => {
    const family = started.family()
    const workerd = family.find(({ name }) => name === 'workerd')
    process.kill(workerd?.parent ?? 0, 'SIGKILL')

    await eventually('npm ends', () => started.hasEnded, 5_000)
    expect(started.printed).toMatch(/The (Worker|Campfire) stopped by itself/)
    await nobodyIsLeftOf(family)
  })

  it('runs once for each home, and says nothing secret', async () => {
    const second = new NpmStart(place.env)
    await eventually('the second ends', () => second.hasEnded, 10_000)

    expect(second.printed).toContain('It runs already.')
    expect(started.hasEnded).toBe(false)

    const { keys } = JSON.parse(readFileSync(join(place.home, 'home.json'), 'utf8'))
    expect(Object.keys(keys)).toEqual(['assistant', 'analyst', 'admin'])
    for (const key of Object.values(keys)) expect(started.printed).not.toContain(key)
  })
})

describe('npm start', () => {
  it('has nothing wrong that its doctor would tell of', async () => {
    const place = await placeToStart()
    const started = await new NpmStart(place.env).isUp()
    const [, worker] = /The Worker: +(\S+)/.exec(started.printed) ?? []
    const { keys } = JSON.parse(readFileSync(join(place.home, 'home.json'), 'utf8'))
    const headers = { authorization: `Bearer ${keys.admin}` }
    const { findings } = Doctor.parse(await (await fetch(`${worker}/doctor`, { headers })).json())

    expect(findings.filter(({ state }) => state === 'wrong')).toEqual([])
    expect(findings).toContainEqual(
      expect.objectContaining({ about: 'ADMIN_TOKEN', state: 'well' }),
    )
    started.signal('SIGKILL')
    place.remove()
  })
})

describe('The model of npm start', () => {
  const mine = {
    ANTHROPIC_API_KEY: 'sk-mine',
    ANTHROPIC_BASE_URL: 'https://gateway.example/s3cret',
  }
  const shell = { ANTHROPIC_API_KEY: 'sk-shell' }

  it('is Claude with the key of .dev.vars, else with that of the environment', async () => {
    expect((await chooseModel([mine, shell])).vars).toEqual(mine)
    expect((await chooseModel([{ ANTHROPIC_API_KEY: '' }, shell])).vars).toEqual({
      ...shell,
      ANTHROPIC_BASE_URL: '',
    })
  })

  it('is told without what is secret about it', async () => {
    expect((await chooseModel([mine])).name).toBe('Claude at gateway.example')
  })
})
