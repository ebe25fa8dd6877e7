import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { nameOf } from '../src/room/place.ts'
import type { Room } from '../src/room.ts'
import type { ScriptedModel } from './support/model.ts'
import { alive } from './support/worker.ts'
import { useWorld, type World } from './support/world.ts'

const NAME = nameOf({ url: 'https://chat.example.com', room: 1, bot: 3 })

/** What the model would say, however often it has to be asked again. */
type Script = (model: ScriptedModel) => void

const LONG = Array.from({ length: 9 }, (_, n) => `Paragraph ${n}. ${'word '.repeat(200)}`).join(
  '\n\n',
)

const GROWING = Array.from({ length: 5 }, (_, n) => `Paragraph ${n} grows.\n\n`)

const TURNS: [string, Script, string[]][] = [
  ['a text', (model) => answering(model, 'Hello.'), ['Hello.']],
  ['a reply that grows', (model) => growing(model), ['Paragraph 4 grows.']],
  ['two tools at once', (model) => withTools(model), ['Both are done.']],
  [
    'a split reply',
    (model) => answering(model, LONG),
    ['Paragraph 0', 'Paragraph 3', 'Paragraph 6'],
  ],
]

describe('a turn that is killed', () => {
  const world = useWorld()

  for (const [what, script, answers] of TURNS) {
    it(`ends once, wherever it dies: ${what}`, async () => {
      for (let dieAt = 1; ; dieAt++) {
        const died = await turnKilledAt(world, dieAt, script)
        const seen = world.answers().slice(-answers.length)
        expect({ died, count: world.answers().length }).toEqual({
          died,
          count: answers.length * dieAt,
        })
        for (const [part, answer] of answers.entries()) expect(seen[part]).toContain(answer)
        expect(await openWork(world)).toEqual({ open: 0, waiting: 0 })
        if (!died) break
      }
    }, 20_000)
  }

  it('runs no tool twice that may not be repeated', async () => {
    for (let dieAt = 1; ; dieAt++) {
      const died = await turnKilledAt(world, dieAt, withTools)
      const asked = world.campfire
        .messagesIn(world.watercooler)
        .findLast(({ plain }) => plain.includes('do it'))
      expect([
        died,
        (asked?.boosts ?? []).filter(({ content }) => content === '👏').length <= 1,
      ]).toEqual([died, true])
      if (!died) break
    }
  })
})

/** Asks once, kills the object at the k-th point, lets it recover. What it was killed at, or null. */
async function turnKilledAt(world: World, dieAt: number, script: Script) {
  let points = 0
  let died: string | null = null
  const point = async (what: string) => {
    const ctx = alive.get(NAME)
    await ctx?.storage.sync()
    if (++points !== dieAt) return
    died = what
    ctx?.abort('killed')
    await new Promise(() => {})
  }
  world.fault = async (request, when) => {
    if (died) return undefined
    await point(`${when} ${request.method} ${new URL(request.url).pathname.split('/').at(-1)}`)
    return undefined
  }
  script(world.model)
  await world.says(world.david, 'do it')
  await ring(world)
  for (let rings = 0; rings < 8 && (await isAtWork(world)); rings++) await ring(world)
  world.fault = null
  world.model.forget()
  return died
}

async function ring(world: World) {
  await runInDurableObject(world.room(), (room: Room) => room.alarm()).catch((error) => {
    if (!error.durableObjectReset) throw error
  })
}

/** The platform fires the alarm of a handler that died again, also when no turn had begun. */
async function isAtWork(world: World) {
  const { open, waiting } = await openWork(world)
  return open + waiting > 0
}

async function openWork(world: World) {
  const [open] = await world.rows('SELECT count(*) AS n FROM turns WHERE ended IS NULL')
  const [waiting] = await world.rows('SELECT count(*) AS n FROM messages WHERE turn IS NULL')
  return { open: Number(open?.n), waiting: Number(waiting?.n) }
}

/** Says the same however often it is asked. */
function answering(model: ScriptedModel, text: string) {
  for (let times = 0; times < 4; times++) model.says(text)
}

function growing(model: ScriptedModel) {
  const before = async () => {
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
    vi.setSystemTime(Date.now() + 1_000)
  }
  for (let times = 0; times < 4; times++) model.says(GROWING.join(''), { pieces: GROWING, before })
}

function withTools(model: ScriptedModel) {
  for (let times = 0; times < 6; times++) {
    model.answers(({ messages }) => {
      const last = JSON.stringify(messages.at(-1))
      if (last.includes('tool_result')) return 'Both are done.'
      const id = Number(/message id=\\"(\d+)\\"/.exec(last)?.[1])
      return [
        {
          type: 'tool_use',
          id: `toolu_a${id}`,
          name: 'boost',
          input: { message_id: id, content: '👏' },
        },
        {
          type: 'tool_use',
          id: `toolu_b${id}`,
          name: 'search_conversation',
          input: { words: 'x' },
        },
      ]
    })
  }
}
