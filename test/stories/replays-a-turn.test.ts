import { exports } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { differences } from '../../setup/replay/compare.ts'
import { play } from '../../setup/replay/play.ts'
import { checkRoster } from '../../src/bots.ts'
import { Refusal } from '../../src/operator/schemas.ts'
import { Recording } from '../../src/receipt/recording.ts'
import { inRoom } from '../support/rows.ts'
import { useWorld } from '../support/world.ts'

const OPERATOR = { authorization: 'Bearer letmein' }
const world = useWorld()

async function ask(turn: number) {
  const url = `https://firekeeper.example.com/rooms/1/assistant/turns/${turn}/replay`
  return await exports.default.fetch(url, { headers: OPERATOR })
}

async function recorded(turn: number) {
  const answer = await ask(turn)
  expect(answer.status).toBe(200)
  return Recording.parse(await answer.json())
}

/** Nothing of it may leave: neither Campfire nor the model is asked. */
async function replayed(recording: Recording, bot = checkRoster().bots.get('assistant')) {
  const sent = vi.mocked(globalThis.fetch).mock.calls.length
  const told = await inRoom(async ({ storage, sql }) => {
    const here = { sql, sync: () => storage.sync() } as DurableObjectStorage
    here.transactionSync = (work) => storage.transactionSync(work)
    return differences(recording, await play(recording, here, bot))
  })
  expect(vi.mocked(globalThis.fetch).mock.calls).toHaveLength(sent)
  return told
}

async function conversation() {
  const { model, david, jason } = world
  model.says('One.').uses('search_conversation', { words: 'tea' }, { saying: 'Let me see' })
  model.says('Tea is at four.').says('Three.')
  await world.asks(david, 'one')
  await world.asks(jason, 'when is tea?')
  await world.asks(david, 'three')
}

it('acts as it did, where nothing was changed', async () => {
  await conversation()

  for (const turn of [1, 2, 3]) expect(await replayed(await recorded(turn))).toEqual([])
})

it('also a turn that failed on the way, died or had to be tried again', async () => {
  const { model, david } = world
  model.fails(529).cuts('text').says('There.')
  await world.asks(david, 'hi')
  await world.passesBy(60_000)

  expect(await replayed(await recorded(1))).toEqual([])
})

it('says where it acts differently', async () => {
  await conversation()
  const recording = await recorded(2)

  const bot = checkRoster().bots.get('assistant')
  expect(await replayed(recording, bot && { ...bot, tools: [] })).toEqual([
    expect.stringContaining('The instructions or tools of the bot were changed'),
    'Call 2: the model is asked in other words.',
    expect.stringContaining('"search_conversation (ok)", is "search_conversation (error)"'),
  ])
})

it('says that more is asked, that other words are said, and that the prompt is another', async () => {
  await conversation()
  const recording = await recorded(2)
  const { steps, turns } = recording.tables
  const changed = (which: (row: (typeof steps)[number]) => boolean, to: object) => ({
    ...recording,
    tables: {
      ...recording.tables,
      steps: steps.flatMap((row) =>
        which(row) ? (Object.entries(to).length ? [{ ...row, ...to }] : []) : [row],
      ),
    },
  })

  const last = ({ turn, number }: (typeof steps)[number]) => turn === 2 && number === 2
  expect((await replayed(changed(last, {}))).join('\n')).toContain('asked once more')
  const content = JSON.stringify([{ type: 'text', text: 'Tea is at five.' }])
  expect(await replayed(changed(last, { content }))).toEqual([
    'What it says: was "Tea is at four.", is "Tea is at five.".',
  ])
  const prompts = turns.map((row) => (row.id === 1 ? { ...row, prompt: 'Something else' } : row))
  const other = { ...recording, tables: { ...recording.tables, turns: prompts } }
  expect((await replayed(other)).join('\n')).toContain('Call 1: the model is asked in other words.')
})

it('has nothing to play where there are no words, and none any more', async () => {
  await conversation()
  await world.asks(world.david, 'help')
  for (const turn of [4, 9]) expect((await ask(turn)).status).toBe(404)
  await world.room().resetSession()

  const answer = await ask(2)
  expect(answer.status).toBe(404)
  expect(Refusal.parse(await answer.json()).error).toContain('words are gone')
})
