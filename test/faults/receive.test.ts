import { exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { LISTING } from '../support/extent.ts'
import { alive, KILLED } from '../support/worker.ts'
import { useWorld, type World } from '../support/world.ts'
import { endsWell } from './story.ts'

const MINUTE = 60_000
const ROOM = 'https://chat.example.com/rooms/1/bots/3'

type Death = 'before its row is on disk' | 'after its row is on disk'
const DEATHS: Death[] = ['before its row is on disk', 'after its row is on disk']

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`a room that dies while it receives a message (${dialect})`, () => {
    const world = useWorld(dialect)

    it.each(DEATHS)('%s is asked again, and answers once', async (death) => {
      const { model, david, jason } = world
      model.says('One.').says('Two.')
      await world.asks(david, 'one')
      const answers = hearing(world)
      const deaths = dies(death, 1)
      await world.says(jason, 'two')
      expect({ deaths: deaths(), answers }).toEqual({ deaths: 1, answers: [[204, '', null]] })

      await world.rings()
      expect(world.answers()).toEqual(['One.', 'Two.'])
      expect(await endsWell(world)).toMatch(/no crashes \(3-1-2\)\.$/)
    })

    it('each time after its row is on disk answers it all the same, once', async () => {
      const { model, david, jason } = world
      model.says('One.').says('Two.')
      await world.asks(david, 'one')
      const answers = hearing(world)
      const deaths = dies('after its row is on disk', 3)
      await world.says(jason, 'two')
      expect({ deaths: deaths(), answers }).toEqual({ deaths: 3, answers: [[500, '', null]] })

      await world.room().queueNow()
      await world.rings()
      expect(world.answers()).toEqual(['One.', 'Two.'])
      expect(await endsWell(world)).toMatch(/no crashes \(3-1-2\)\.$/)
    })
  })
}

for (const dialect of LISTING) {
  describe(`a room that dies each time before a message is on disk (${dialect})`, () => {
    const world = useWorld(dialect)

    it('says so with a bare 500, and finds it by itself', async () => {
      const { model, david, jason } = world
      model.says('One.').says('Two.')
      await world.asks(david, 'one')
      const answers = hearing(world)
      const deaths = dies('before its row is on disk', 3)
      await world.says(jason, 'two')
      expect({ deaths: deaths(), answers }).toEqual({ deaths: 3, answers: [[500, '', null]] })
      expect(await world.rows('SELECT count(*) AS n FROM messages')).toEqual([{ n: 1 }])
      expect(world.campfire.messagesIn(world.watercooler)).toHaveLength(3)

      await world.passes(MINUTE)
      expect(world.answers()).toEqual(['One.', 'Two.'])
      expect(await endsWell(world)).toMatch(/no crashes \(3-1-2\)\.$/)
    })
  })
}

/** What the webhook answers. A body or a content type would end up in the room. */
function hearing({ strangers, assistant }: World) {
  const answers: [status: number, body: string, type: string | null][] = []
  strangers.set(String(assistant.webhook), async (request) => {
    const answer = await exports.default.fetch(request)
    const body = await answer.clone().text()
    answers.push([answer.status, body, answer.headers.get('content-type')])
    return answer
  })
  return answers
}

/** The object dies so many times in a row as it sets its alarm, with the row of the message in memory. */
function dies(death: Death, times: number) {
  let deaths = 0
  const strike = (life: DurableObjectState) => {
    const real = life.storage.getAlarm.bind(life.storage)
    life.storage.getAlarm = async () => {
      if (deaths >= times) return await real()
      deaths++
      if (death === 'after its row is on disk') await life.storage.sync()
      life.abort(KILLED)
      return await new Promise<never>(() => {})
    }
  }
  const set = alive.set.bind(alive)
  vi.spyOn(alive, 'set').mockImplementation((name, life) => {
    if (name === ROOM && deaths < times) strike(life)
    return set(name, life)
  })
  const life = alive.get(ROOM)
  if (life) strike(life)
  return () => deaths
}
