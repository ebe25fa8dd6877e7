import { expect, it } from 'vitest'
import * as z from 'zod'
import { assistant } from '../../../src/bots/assistant.ts'
import { Bot } from '../../../src/bots/bot.ts'
import { botHere } from '../../../src/runtime.ts'
import { BotVersions } from '../../../src/tables/room/bot-versions.ts'
import { Facts } from '../../../src/tables/room/facts.ts'
import { changeSettings, Settings, settingsIn } from '../../../src/tables/room/settings.ts'
import type { Tables } from '../../../src/tables.ts'
import { inRoom } from '../../support/rows.ts'

it('changes what is named, and leaves the rest', async () => {
  await inRoom(({ sql }) => {
    const facts = new Facts(sql)
    expect(settingsIn(facts)).toEqual({})
    changeSettings(facts, { ttlMinutes: 5 })
    expect(changeSettings(facts, { model: 'claude-haiku-5-5' })).toEqual({
      ttlMinutes: 5,
      model: 'claude-haiku-5-5',
    })
    changeSettings(facts, { ttlMinutes: null })
    expect(settingsIn(new Facts(sql))).toEqual({ ttlMinutes: null, model: 'claude-haiku-5-5' })
  })
})

it('a bot is in a room as its settings say, and else as its file does', async () => {
  const bot = Bot.parse(assistant)
  const settled = async (settings: Settings) =>
    await inRoom(({ sql }) => {
      const facts = new Facts(sql)
      const parts = { facts, versions: new BotVersions(facts) } as Tables
      changeSettings(parts.facts, settings)
      return botHere(parts, { bot, userId: 3, key: '3-abc' })
    })
  expect(await settled({})).toEqual(bot)
  expect(await settled({ ttlMinutes: null, model: null })).toEqual(bot)
  expect(await settled({ ttlMinutes: 1, model: 'm' })).toEqual({
    ...bot,
    ttlMinutes: 1,
    model: 'm',
  })
})

it.each([
  [{}, true],
  [{ ttlMinutes: 1 }, true],
  [{ ttlMinutes: 525_600, model: null }, true],
  [{ ttlMinutes: 0 }, false],
  [{ ttlMinutes: 1.5 }, false],
  [{ ttlMinutes: '5' }, false],
  [{ ttlMinutes: 525_601 }, false],
  [{ model: '' }, false],
  [{ voice: 'loud' }, false],
  [null, false],
])('%j may be set: %s', (settings, expected) => {
  expect(Settings.safeParse(settings).success).toBe(expected)
})

it('a fact costs one write, and none when it is not news', async () => {
  await inRoom(({ sql, cost }) => {
    const facts = new Facts(sql)
    facts.set('room', { name: 'Watercooler', direct: false })
    expect(cost().written).toBe(1)
    facts.set('room', { name: 'Watercooler', direct: false })
    expect(cost().written).toBe(0)
    facts.set('room', { name: 'Cooler', direct: false })
    expect(cost().written).toBe(1)
    expect(facts.get('room', z.unknown())).toEqual({ name: 'Cooler', direct: false })
    expect(facts.get('weather', z.unknown())).toBeNull()
  })
})
