import { vi } from 'vitest'
import { SENTENCES } from '../../../src/sentences.ts'
import { chipOf } from '../../campground/composer.ts'
import { isModel } from '../../crash/killer.ts'
import type { Trial } from '../../crash/trial.ts'
import { lost } from '../../faults/faults.ts'
import { TEXT } from './answers.ts'
import {
  answering,
  growing,
  HOUR,
  limited,
  MINUTE,
  type ScriptedTurn,
  saidLast,
  thinking,
  use,
} from './script.ts'

const ANSWER = 'The password is swordfish.'

export const POISON: ScriptedTurn = {
  ...TEXT,
  what: 'poison',
  ends: [[/ran into trouble with this one several times/]],
  parked: true,
  remembers: '',
}

/** A model that fails, a Campfire that refuses, a limit. */
export const TROUBLE: ScriptedTurn[] = [
  {
    what: 'two calls under a limit',
    before: limited,
    async play(trial) {
      thinking(trial, (body) =>
        saidLast(body).includes('tool_result')
          ? 'Nothing of the kind.'
          : [use('search_conversation', { words: 'x' })],
      )
      await trial.asks(trial.world.david, 'did anybody say x?')
    },
    ends: [['Nothing of the kind.']],
    spends: true,
    remembers: 'Nothing of the kind.',
  },
  {
    what: 'a model that is overloaded, twice',
    async play(trial) {
      let calls = 0
      trial.killer.meets = (url) => (isModel(url) && ++calls <= 2 ? overloaded() : undefined)
      answering(trial, 'Hello at last.')
      await trial.asks(trial.world.david, 'hello?')
    },
    ends: [['Hello at last.']],
    remembers: 'Hello at last.',
  },
  {
    what: 'a turn that failed, and is tried again',
    async before(trial) {
      trial.killer.meets = (url) => (isModel(url) ? new Response(null, { status: 401 }) : undefined)
      await trial.asks(trial.world.david, 'hello?')
      trial.killer.meets = null
    },
    async play(trial) {
      answering(trial, 'Hello after all.')
      const ask = async () => void (await trial.world.room(trial.room).tryAgain(1))
      // Whoever gets no answer presses it once more.
      await ask().catch(ask)
      await trial.settle()
    },
    failed: 1,
    ends: [[/^I can't answer right now/, 'Hello after all.']],
    remembers: 'Hello after all.',
  },
  {
    what: 'a model that stays overloaded, and another',
    async play(trial) {
      trial.killer.meets = (url, body) =>
        isModel(url) && body.includes('"claude-sonnet-5-5"') ? overloaded() : undefined
      answering(trial, 'The other one here.')
      await trial.asks(trial.world.david, 'hello?')
      trial.killer.meets = null
    },
    ends: [['The other one here.']],
    remembers: 'The other one here.',
  },
  {
    what: 'words that a firewall refuses',
    async play(trial) {
      trial.killer.meets = (url, body) =>
        !isModel(url) && body.includes('DROP TABLE')
          ? new Response('<html>', { status: 403, headers: { 'content-type': 'text/html' } })
          : undefined
      answering(trial, 'It is DROP TABLE.')
      await trial.asks(trial.world.david, 'how do I drop it?')
      trial.killer.meets = null
    },
    ends: [[/Campfire didn't accept it/]],
    parked: true,
  },
  {
    what: 'a bot that is back after its turn was given up',
    bot: { ttlMinutes: 30 * 24 * 60 },
    async before(trial) {
      const { campfire, assistant, david, model } = trial.world
      growing(trial, undefined, 2_000)
      trial.killer.meets = (url) => {
        if (isModel(url) || !trial.answers().length) return undefined
        campfire.leave(trial.room, assistant)
        trial.killer.meets = null
        return undefined
      }
      await trial.says(david, 'a story')
      await trial.passes(60_000)
      for (let times = 0; times < 5; times++) {
        vi.setSystemTime(Date.now() + 48 * HOUR)
        await trial.passes(HOUR)
      }
      model.forget()
    },
    async play(trial) {
      trial.world.campfire.join(trial.room, trial.world.assistant)
      // Whether it is back is looked at once a day; a look that was broken off is one of them.
      await trial.passes(52 * HOUR)
    },
    failed: 1,
    ends: [[/^I had an answer, but I couldn't reach Campfire/]],
  },
  {
    what: 'an answer that gives way to a sentence, and comes late',
    bot: { reply: 'whole' },
    async play(trial) {
      let sent = 0
      trial.killer.meets = (url, body) => {
        if (isModel(url) || !body.includes('Forty-two')) return undefined
        vi.setSystemTime(Date.now() + MINUTE)
        return ++sent === 3 ? lost() : new Response(null, { status: 403 })
      }
      thinking(trial, (body) => (saidLast(body).includes('tea') ? 'At four.' : 'Forty-two.'))
      await trial.asks(trial.world.david, 'the answer?')
      trial.killer.meets = null
      missed(trial, 'when is tea?')
      comesLate(trial, 'Forty-two.')
      await trial.passes(15 * MINUTE)
      await trial.settle()
    },
    ends: [[/Campfire didn't accept it/, 'At four.']],
    failed: 1,
    remembers: 'At four.',
  },
  {
    what: 'an answer in doubt that is forgotten, and comes late',
    bot: { reply: 'whole' },
    async before(trial) {
      let isLost = false
      trial.killer.meets = (url, body) => {
        if (isModel(url) || isLost || !body.includes(ANSWER)) return undefined
        isLost = true
        return lost()
      }
      thinking(trial, (body) => (saidLast(body).includes('tea') ? 'At four.' : ANSWER))
      await trial.asks(trial.world.david, 'what is the password?')
      missed(trial, 'when is tea?')
      comesLate(trial, ANSWER)
    },
    async play(trial) {
      const until = Date.now() + MINUTE / 2
      trial.killer.meets = (_, body) =>
        body === 'null' && Date.now() < until ? new Response(null, { status: 503 }) : undefined
      await trial.asks(trial.world.david, 'forget')
      await trial.passes(15 * MINUTE)
      await trial.settle()
    },
    ends: [[ANSWER, SENTENCES.forgotten.room, 'At four.']],
    forgets: 'swordfish',
    remembers: 'At four.',
  },
  inDoubt('an answer that may be missing', 'may be missing', [/find out whether it arrived\. If/]),
  inDoubt('an answer of which nobody knows whether it stands', 'may stand twice', [
    /be here twice/,
  ]),
]

/** Campfire saves it, and calls nobody. */
function missed(trial: Trial, text: string) {
  const { campfire, kevin, assistant } = trial.world
  const html = `<div>${chipOf(assistant)} ${text}</div>`
  const said = { html, file: null, room: trial.room.id, creator: kevin.id }
  trial.asked.push(campfire.post({ ...said, via: 'person' }).id)
}

/** It was on its way, and nobody waits for it any more. */
function comesLate({ world: { campfire, assistant }, room }: Trial, text: string) {
  const said = { html: `<p>${text}</p>`, file: null, room: room.id, creator: assistant.id }
  campfire.post({ ...said, via: 'api' })
}

/**
 * Its answer gets no further than the proxy, and no page of the room can be read meanwhile. What is late in the end
 * stands below the sentence about it.
 */
function inDoubt(what: string, unsure: 'may be missing' | 'may stand twice', told: RegExp[]) {
  const turn: ScriptedTurn = {
    what,
    bot: { reply: 'whole', unsure },
    async play(trial) {
      let sent = 0
      trial.killer.meets = ({ pathname, search }, body) => {
        if (!pathname.endsWith('/messages')) return undefined
        if (body.includes('Hello there') && sent++ < 2) return new Response(null, { status: 504 })
        const isRead = body === 'null' && search !== '?before=1'
        return isRead ? Response.json({ status: 500 }, { status: 500 }) : undefined
      }
      answering(trial, 'Hello there.')
      await trial.asks(trial.world.david, 'hello?')
      trial.killer.meets = null
      await trial.passes(2 * 60_000)
    },
    ends: [told, [...told, 'Hello there.']],
    failed: 1,
    doubts: true,
    remembers: 'Hello there.',
  }
  return turn
}

function overloaded() {
  return Response.json(
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    { status: 529 },
  )
}
