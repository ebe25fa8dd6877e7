import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { BudgetsView, RoomView } from '../../src/operator/schemas.ts'
import { botNow, saves } from '../support/bot-page.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'
import { ask, page, sends } from './visitor.ts'

useWorld()
const change = useBotChanges()

const ROOM = '/rooms/1/assistant'
const SAYS_SO = /Somebody else has saved \w+( \w+)? since you opened this, so nothing was saved\./

type Fields = Record<string, string>

/** The first form of a page with these in it; to be sent, as it was opened, but for what somebody changes in it. */
async function opens(path: string, action: string, holds: string) {
  const html = await page(path)
  const forms = html.match(/<form .*?<\/form>/gs) ?? []
  const form = forms.find((one) => one.includes(`action="${action}"`) && one.includes(holds)) ?? ''
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  const fields = hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')])
  expect(Object.fromEntries(fields)).toHaveProperty('_method')
  return async (changes: Fields = {}) =>
    await sends(action, { ...Object.fromEntries(fields), ...changes }, { on: path })
}

async function isRefused(answer: Response) {
  const html = await answer.text()
  expect([answer.status, html]).toEqual([409, expect.stringMatching(SAYS_SO)])
}

describe('of two operators who have opened the same page', () => {
  it('nobody undoes what the other has set for a room', async () => {
    const one = await opens(ROOM, `${ROOM}/settings`, 'ttlMinutes')
    const other = await opens(ROOM, `${ROOM}/settings`, 'ttlMinutes')
    expect((await one({ 'ttlMinutes:number': '5', speaks: '' })).status).toBe(303)

    await isRefused(await other({ 'ttlMinutes:number': '', speaks: 'always' }))
    expect(await settings()).toEqual({ ttlMinutes: 5, speaks: null })
    const again = await opens(ROOM, `${ROOM}/settings`, 'ttlMinutes')
    expect((await again({ 'ttlMinutes:number': '5', speaks: 'always' })).status).toBe(303)
    expect(await settings()).toEqual({ ttlMinutes: 5, speaks: 'always' })
    const acts = await env.ACCOUNTS.getByName('https://chat.example.com').acts(10)
    expect(acts.map(({ outcome }) => outcome)).toEqual(['done', 'refused', 'done'])
  })

  it('nobody undoes what the other has set in the very same moment', async () => {
    const both = await Promise.all([0, 1].map(() => opens(ROOM, `${ROOM}/settings`, 'ttlMinutes')))
    const answers = await Promise.all(
      both.map((form, index) => form({ 'ttlMinutes:number': String(index + 7) })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
  })

  it('each saves what the other leaves as it was, where that is empty or null', async () => {
    const form = await opens(ROOM, `${ROOM}/settings`, 'ttlMinutes')
    await ask(`${ROOM}/settings`, { method: 'PATCH', body: '{"model":null,"speaks":null}' })
    expect((await form({ 'ttlMinutes:number': '5' })).status).toBe(303)
  })

  it('nobody lifts a limit that the other has set', async () => {
    const one = await opens('/costs', '/budgets', 'budgets.0.for')
    const other = await opens('/costs', '/budgets', 'budgets.0.for')
    const limit = (usd: string, whose: string) => ({
      'budgets.0.for': whose,
      'budgets.0.per': 'month',
      'budgets.0.usd:number': usd,
    })
    expect((await one(limit('50', 'installation'))).status).toBe(303)

    await isRefused(await other(limit('1', 'person:7')))
    expect(await limits()).toEqual([['installation', 50]])
    const back = await opens('/costs', '/budgets', 'Go by the variable again')
    const again = await opens('/costs', '/budgets', 'budgets.0.for')
    expect((await again(limit('60', 'installation'))).status).toBe(303)
    await isRefused(await back())
    expect(await limits()).toEqual([['installation', 60]])
  })

  it('nobody leads a bot back behind a version that they have not seen', async () => {
    await saves({ instructions: 'You are a pirate.' })
    await saves({ instructions: 'You are a monk.' })
    const places = ['/bots/assistant', '/bots/assistant/versions/1']
    const forms = await Promise.all(
      places.map((path) => opens(path, '/bots/assistant/version', 'Go back to 1')),
    )
    const file = await opens('/bots/assistant', '/bots/assistant/version', 'by the file')
    await saves({ instructions: 'You are a sailor.' })
    change({ instructions: 'You are a cook.' })

    for (const sent of [...forms, file]) await isRefused(await sent())
    expect((await botNow()).words.instructions).toBe('You are a sailor.')
    const seen = await opens('/bots/assistant', '/bots/assistant/version', 'Go back to 1')
    expect((await seen()).status).toBe(303)
    expect((await botNow()).words.instructions).toBe('You are a pirate.')
  })

  it('is told so who says in no number which version they have seen', async () => {
    for (const from of ['1', -1, 0.5, {}, true]) {
      const body = JSON.stringify({ instructions: 'You are a pirate.', from })
      const saved = await ask('/bots/assistant', { method: 'PATCH', body })
      const back = await ask('/bots/assistant/version', {
        method: 'DELETE',
        body: JSON.stringify({ from }),
      })
      expect([from, saved.status, back.status]).toEqual([from, 400, 400])
    }
    expect((await botNow()).newest).toBe(0)
  })
})

async function settings() {
  const { settings } = RoomView.parse(await (await ask(ROOM)).json())
  const { ttlMinutes = null, speaks = null } = settings?.set ?? {}
  return { ttlMinutes, speaks }
}

async function limits() {
  const { budgets } = BudgetsView.parse(await (await ask('/budgets')).json())
  return budgets.map((one) => [one.for, one.usd])
}
