import { vi } from 'vitest'
import { SENTENCES } from '../../../src/sentences.ts'
import type { Trial } from '../../crash/trial.ts'
import type { Body } from '../../support/model.ts'
import { until } from '../../support/until.ts'
import { answering, hello, type ScriptedTurn, saidLast, thinking, use } from './script.ts'

const SECRET = 'swordfish'

/** What people say meanwhile, and words that are meant for us. */
export const PEOPLE: ScriptedTurn[] = [
  {
    what: 'more that is said meanwhile',
    async play(trial) {
      const { model, david } = trial.world
      const gate = Promise.withResolvers<void>()
      const asked = model.prompts.length
      thinking(trial, async (body) => {
        const isFirst = !JSON.stringify(body.messages).includes('and the second')
        if (isFirst) await gate.promise
        return isFirst ? [use('search_conversation', { words: 'x' })] : 'Both are heard.'
      })
      await trial.says(david, 'the first')
      await meanwhile(trial, {
        isReached: () => model.prompts.length > asked,
        async says() {
          await trial.says(david, 'and the second')
          gate.resolve()
        },
      })
    },
    ends: [['Both are heard.']],
    remembers: 'Both are heard.',
  },
  {
    what: 'somebody else who waits',
    async play(trial) {
      const { model, david, jason } = trial.world
      const gate = Promise.withResolvers<void>()
      const asked = model.prompts.length
      thinking(trial, async (body) => {
        const isJason = askedIn(body).includes('and me')
        if (!isJason) await gate.promise
        return isJason ? 'And you.' : 'You first.'
      })
      await trial.says(david, 'hello?')
      await meanwhile(trial, {
        isReached: () => model.prompts.length > asked,
        async says() {
          await trial.says(jason, 'and me?')
          gate.resolve()
        },
      })
    },
    ends: [['You first.', 'And you.']],
    remembers: 'And you.',
  },
  {
    what: 'a stop',
    async play(trial) {
      const { model, david } = trial.world
      const asked = model.prompts.length
      for (let times = 0; times < 3; times++) model.hangs('text', 'Once upon a time, and on')
      await trial.says(david, 'a story')
      await meanwhile(trial, {
        isReached: () => model.prompts.length > asked,
        async says() {
          await trial.says(david, 'stop')
          // Said too early, it stops nothing, and is a message like any other.
          model.forget()
          answering(trial, 'No story, then.')
        },
      })
    },
    ends: [[/^(Once.*\(stopped\)|Stopped\.)$/s], ['No story, then.']],
  },
  {
    what: 'help',
    async play(trial) {
      await trial.asks(trial.world.david, 'help')
    },
    ends: [[/I'm Assistant/]],
  },
  {
    what: 'why',
    before: hello,
    async play(trial) {
      await trial.asks(trial.world.david, 'why?')
    },
    ends: [['Hello.', /^Why:.*Read:.*Took:/s]],
  },
  {
    what: 'somebody who joins a direct, in which it must be mentioned from then on',
    async before(trial) {
      const { campfire, david, model } = trial.world
      // Only a direct has no name.
      Object.assign(campfire.rooms.get(trial.room.id), { name: null, type: 'direct' })
      model.says('Hello.')
      await unmentioned(trial, david, 'hello?')
    },
    async play(trial) {
      const { jason, david } = trial.world
      await unmentioned(trial, jason, 'David, lunch?')
      await unmentioned(trial, david, 'at noon')
    },
    ends: [['Hello.', SENTENCES.mentionMe]],
  },
  {
    what: 'forget',
    bot: { approval: { boost: 'always' } },
    async before(trial) {
      const { model, david } = trial.world
      model.answers(() => [
        use('search_conversation', { words: SECRET }),
        use('boost', { message_id: trial.asked[0], content: SECRET }),
      ])
      await trial.asks(david, `it is ${SECRET}`)
      model.says(`You said ${SECRET}.`)
      await trial.asks(david, 'what was it?')
    },
    async play(trial) {
      await trial.asks(trial.world.david, 'forget')
    },
    ends: [[/swordfish/, /^You said/, SENTENCES.forgotten.room]],
    forgets: SECRET,
  },
  {
    what: 'a question that is deleted while the model is at it',
    async play(trial) {
      const { world } = trial
      thinking(trial, (body) => {
        if (!saidLast(body).includes('tool_result')) {
          return [use('search_conversation', { words: SECRET })]
        }
        world.campfire.deleteMessage(trial.asked[0] ?? 0)
        vi.setSystemTime(Date.now() + 3_000)
        return 'So it is.'
      })
      await trial.asks(world.david, `it is ${SECRET}`)
    },
    // Where the room cannot be read once more, it is answered.
    ends: [[], ['So it is.']],
    forgets: SECRET,
  },
  {
    what: 'a test message of an operator, who presses twice',
    async before(trial) {
      await hello(trial)
    },
    async play(trial) {
      const test = { id: 'this very one', words: 'Is this thing on?' }
      const room = trial.world.room(trial.room)
      await room.sayTest(test)
      await trial.settle()
      await trial.world.room(trial.room).sayTest(test)
      await trial.settle()
    },
    ends: [['Hello.', 'Is this thing on?']],
  },
]

async function unmentioned(trial: Trial, person: { id: number }, text: string) {
  trial.asked.push(await trial.world.posts(person, { text }, trial.room))
  await trial.settle()
}

/** Something is said while the bot is at it; where it died before, then after that. */
async function meanwhile(
  trial: Trial,
  { isReached, says }: { isReached: () => boolean; says: () => Promise<void> },
) {
  let isOver = false
  const working = trial.ring().finally(() => {
    isOver = true
  })
  await until(() => isReached() || isOver)
  await says()
  await working
  await trial.settle()
}

function askedIn(body: Body) {
  return saidLast(body).replace(/<context[\s\S]*?<\/context>/g, '')
}
