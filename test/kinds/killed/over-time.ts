import { chipOf } from '../../campground/composer.ts'
import {
  answering,
  HOUR,
  hello,
  limited,
  type ScriptedTurn,
  saidLast,
  thinking,
  use,
} from './script.ts'

/** Two pages, and some. */
const READ_BACK = 90

/** Sessions that end, deliveries that never came, and a room that is read back. */
export const OVER_TIME: ScriptedTurn[] = [
  {
    what: 'a session that expired',
    before: hello,
    async play(trial) {
      thinking(trial, (body) =>
        JSON.stringify(body.system).includes('Summarize') ? 'They said hello.' : 'Hello again.',
      )
      await trial.passes(25 * HOUR)
      await trial.asks(trial.world.david, 'do you remember?')
    },
    ends: [['Hello.', 'Hello again.']],
    remembers: 'Hello again.',
  },
  {
    what: 'a session that has grown long',
    // What its tools are described with would count, and there are more of them with the years.
    bot: { compactAt: 3_100, reply: 'whole', tools: [] },
    async before(trial) {
      await limited(trial)
      for (const topic of ['First', 'Second', 'Third']) {
        trial.world.model.says(`${topic}. ${'And so on. '.repeat(300)}`)
        await trial.asks(trial.world.david, topic)
      }
    },
    async play(trial) {
      thinking(trial, (body) =>
        saidLast(body).includes('hello?') ? 'Hello.' : `Fourth. ${'And so on. '.repeat(300)}`,
      )
      await trial.asks(trial.world.david, 'Fourth')
      await trial.asks(trial.world.david, 'hello?')
    },
    compacts: 'First came first.',
    spends: true,
    ends: [[/^First\./, /^Second\./, /^Third\./, /^Fourth\./, 'Hello.']],
    remembers: 'Hello.',
  },
  {
    what: 'a delivery that never came',
    before: hello,
    async play(trial) {
      const { campfire, david, assistant } = trial.world
      answering(trial, 'Found you.')
      const html = `<div>${chipOf(assistant)} and this?</div>`
      const draft = { html, file: null, room: trial.room.id, creator: david.id }
      trial.asked.push(campfire.post({ ...draft, via: 'person' }).id)
      // A look that fails is not repeated before the next one.
      await trial.passes(15 * 60_000)
      await trial.settle()
    },
    ends: [['Hello.', 'Found you.']],
    remembers: 'Found you.',
  },
  {
    what: 'a delivery that never came, and that was answered elsewhere',
    before: hello,
    async play(trial) {
      const { campfire, david, assistant } = trial.world
      const room = trial.room.id
      const html = `<div>${chipOf(assistant)} and this?</div>`
      const asked = campfire.post({ html, file: null, room, creator: david.id, via: 'person' })
      trial.asked.push(asked.id)
      const said = { html: '<p>Elsewhere.</p>', file: null, room, creator: assistant.id }
      trial.elsewhere.add(campfire.post({ ...said, via: 'api' }).id)
      await trial.passes(15 * 60_000)
      await trial.settle()
    },
    ends: [['Hello.', 'Elsewhere.']],
  },
  {
    what: 'a room that is read back, page by page',
    async before(trial) {
      const { campfire, kevin } = trial.world
      const draft = { file: null, room: trial.room.id, creator: kevin.id, via: 'person' as const }
      for (let n = 0; n < READ_BACK; n++) campfire.post({ ...draft, html: `<p>Number ${n}.</p>` })
      await hello(trial)
    },
    async play(trial) {
      thinking(trial, (body) =>
        saidLast(body).includes('tool_result')
          ? 'Here they are.'
          : [use('search_conversation', { words: 'number' })],
      )
      await trial.asks(trial.world.david, 'what are the numbers?')
      await trial.passes(15 * 60_000)
      await trial.settle()
    },
    ends: [['Hello.', 'Here they are.']],
    remembers: 'Here they are.',
    indexes: READ_BACK,
  },
]
