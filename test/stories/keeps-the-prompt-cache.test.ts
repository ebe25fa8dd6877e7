import { evictDurableObject } from 'cloudflare:test'
import type { Usage } from '@anthropic-ai/sdk/resources/messages/messages'
import { expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

const TURNS = 120
/** Of these the bot knows something, and their turns say so behind their own message. */
const ABOUT_JASON = { action: 'remember', of: 'me', fact: 'style: with figures' }
const REMEMBER = {
  action: 'remember',
  of: 'room',
  fact: 'The code word is otter.',
  always: true,
}

it('lasts for 120 turns, and is read from the cache but where it was told in short', {
  timeout: 60_000,
}, async () => {
  change({ reply: 'whole' })
  world.model.compacts('Kevin told the code word. The rest is settled.')
  for (let turn = 1; turn < TURNS; turn++) await takes(turn)
  world.model.uses('search_conversation', { words: 'code word' }).says('It is otter.')
  await world.asks(world.jason, 'What was the code word that Kevin told us in the beginning?')

  const results = JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
  expect(results).toContain('the code word is otter')
  expect(world.model.bodies.at(-2)).toContain('<pinned>\\n1. Kevin said: The code word is otter. (')
  expect(world.answers().at(-1)).toBe('It is otter.')

  const personal = await turnsOf(world.jason)
  expect(personal.length).toBeGreaterThan(30)
  expect(told(personal)).toBe(true)
  const { share, unexplained } = readFromCache(await calls(), {
    compacted: await compactedAfter(),
    personal,
  })
  expect(unexplained).toEqual([])
  expect(share).toBeGreaterThan(0.95)
})

/** Tools, many at once, other people, evictions: whatever happens in a room. */
async function takes(turn: number) {
  const { model, david, jason, kevin } = world
  vi.setSystemTime(Date.now() + 10_000)
  const asker = [david, jason, kevin][turn % 3] ?? david
  if (turn % 40 === 0) world.campfire.addPerson(`Guest ${turn}`, 'member')
  if (turn % 25 === 0) await evictDurableObject(world.room())
  await world.posts([david, jason, kevin][(turn + 1) % 3] ?? jason, { text: `Aside ${turn}` })
  if (turn === 3) {
    model.uses('memory', REMEMBER).says('Noted.')
    return await world.asks(kevin, 'Remember that the code word is otter')
  }
  if (turn === 4) {
    model.uses('memory', ABOUT_JASON).says('With figures.')
    return await world.asks(jason, 'I like figures')
  }
  if (turn % 10 === 0) {
    const searches = Array.from({ length: 12 }, (_, at): [string, object] => [
      'search_conversation',
      { words: `item ${at}` },
    ])
    model.uses(searches).says('Nothing of all that.')
  } else if (turn % 4 === 0) model.uses('read_messages', { count: 5 }).says(`Read, for ${turn}.`)
  else model.says(`The answer to ${turn}. ${'It depends, as always. '.repeat(80)}`)
  await world.asks(asker, `Question ${turn}: what about it?`)
}

interface Call {
  turn: number
  number: number
  usage: string
}

async function turnsOf({ id }: { id: number }) {
  const rows = await world.rows(`SELECT id FROM turns WHERE asker = ${id} AND id >= 4`)
  return rows.map((row) => Number(row.id))
}

/** The last request of each says what is known about its asker, once. */
function told(turns: number[]) {
  const bodies = world.model.bodies.filter((body) => body.includes('<person id'))
  return (
    bodies.length >= turns.length && bodies.every((body) => body.split('<person id').length === 2)
  )
}

function calls() {
  return world.rows(
    'SELECT turn, number, usage FROM steps ORDER BY turn, number',
  ) as unknown as Promise<Call[]>
}

async function compactedAfter() {
  const rows = await world.rows(
    `SELECT max(turns.id) AS turn FROM compactions JOIN turns ON turns.started <= compactions.asked
     GROUP BY compactions.id`,
  )
  return rows.map(({ turn }) => Number(turn))
}

/** What could be read: all that the call before was sent. */
function readFromCache(
  all: Call[],
  { compacted, personal }: { compacted: number[]; personal: number[] },
) {
  let [before, could, read, ended] = [0, 0, 0, 0]
  const unexplained: string[] = []
  for (const { turn, number, usage } of all) {
    const used = JSON.parse(usage) as Usage
    const cached = used.cache_read_input_tokens ?? 0
    could += before
    read += Math.min(cached, before)
    const isRewritten = number === 1 && compacted.includes(turn - 1)
    // What was said of its asker is left out of what follows: that is read anew from there, and no more of it.
    const isLeftOut = number === 1 && personal.includes(turn - 1)
    const isExplained = isRewritten || (isLeftOut && cached >= ended)
    if (cached < before && !isExplained) unexplained.push(`${turn}.${number}`)
    if (number === 1) ended = cached
    before = used.input_tokens + cached + (used.cache_creation_input_tokens ?? 0)
  }
  return { share: read / could, unexplained }
}

it('goes on where something is told of the asker in every turn, however long the turn before was', async () => {
  change({ reply: 'whole' })
  const { model, jason } = world
  model.uses('memory', ABOUT_JASON).says('With figures.')
  await world.asks(jason, 'I like figures')
  for (let turn = 0; turn < 12; turn++) {
    // Some are longer than the API looks back.
    const searches = turn % 3 === 1 ? 24 : 0
    const uses = Array.from({ length: searches }, (_, at): [string, object] => [
      'search_conversation',
      { words: `item ${at}` },
    ])
    if (searches) model.uses(uses)
    model.says(`The answer to ${turn}. ${'It depends. '.repeat(30)}`)
    await world.asks(jason, `Question ${turn}`)
  }

  expect(model.bodies.at(-1)).toContain('<person id')
  const firsts = (await calls()).filter(({ number, turn }) => number === 1 && turn > 2)
  const read = firsts.map(({ usage }) => (JSON.parse(usage) as Usage).cache_read_input_tokens ?? 0)
  const grown = read.slice(1).filter((tokens, index) => tokens > (read[index] ?? 0))
  expect(grown).toHaveLength(read.length - 1)
})
