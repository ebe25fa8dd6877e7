import { vi } from 'vitest'
import { SENTENCES } from '../../../src/sentences.ts'
import type { Trial } from '../../crash/trial.ts'
import {
  GROWING,
  HOUR,
  limited,
  OFTEN,
  type ScriptedTurn,
  saidLast,
  thinking,
  use,
} from './script.ts'

const NOTHING = 0.000001
const AT_LIMIT = /spending limit is used up.*say yes to it again later/

/** Tools that need a yes. */
export const APPROVALS: ScriptedTurn[] = [
  {
    what: 'a tool that needs a yes',
    bot: { approval: { boost: 'always' } },
    async play(trial) {
      thinking(trial, (body) =>
        /approved|outcome unknown/.test(saidLast(body)) ? 'It is done.' : [boosting(trial)],
      )
      await trial.asks(trial.world.david, 'boost it')
      await trial.asks(trial.world.david, 'yes')
    },
    ends: [[asking('Approved by David'), 'It is done.']],
    did: { boosts: 1 },
    remembers: 'It is done.',
  },
  {
    what: 'a tool that needs a yes, below an answer that has grown',
    bot: { approval: { boost: 'always' } },
    async play(trial) {
      const { world, killer } = trial
      const before = async () => {
        for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
        await killer.midStream()
        vi.setSystemTime(Date.now() + 1_000)
      }
      const spoken = { saying: GROWING.join('').trimEnd(), pieces: GROWING, before }
      for (let times = 0; times < OFTEN; times++)
        world.model.uses('boost', { message_id: 1, content: '👏' }, spoken)
      await trial.asks(world.david, 'boost it')
    },
    // Where nothing of the answer stood yet, all of it is one message.
    ends: [
      [/^Paragraph 0 grows\.\s+Paragraph 1.*Paragraph 4 grows\.$/s, asking('')],
      [/^Paragraph 0 grows\.\s.*Paragraph 4 grows\.\s+May I .*You \(.*\) can reply/s],
    ],
  },
  {
    what: 'a tool that needs a yes, and its asker goes on to something else',
    bot: { approval: { boost: 'always' } },
    async play(trial) {
      thinking(trial, (body) => (saidLast(body).includes('don’t') ? 'I won’t.' : [boosting(trial)]))
      await trial.asks(trial.world.david, 'boost it')
      await trial.asks(trial.world.david, 'oh, don’t do that')
    },
    ends: [[asking('Withdrawn'), 'I won’t.']],
    remembers: 'I won’t.',
  },
  {
    what: 'a tool that needs a yes, and a conversation that is forgotten',
    bot: { approval: { boost: 'always' } },
    before: wish,
    async play(trial) {
      await trial.asks(trial.world.david, 'forget')
    },
    // Where it dies in between the words of the request are forgotten, too.
    ends: [
      [asking('Withdrawn'), SENTENCES.forgotten.room],
      ['Withdrawn', SENTENCES.forgotten.room],
    ],
  },
  {
    what: 'a tool that needs a yes, and nobody answers for a day',
    bot: { approval: { boost: 'always' }, ttlMinutes: 3_000 },
    before: wish,
    async play(trial) {
      await trial.passes(24 * HOUR + 1_000)
    },
    ends: [[asking('Expired'), /^Nobody said yes within a day/]],
  },
  {
    what: 'a tool that needs a yes, under a limit that is used up and then raised',
    bot: { approval: { boost: 'always' } },
    async before(trial) {
      await limited(trial)
      trial.world.model.answers(() => [boosting(trial)])
      await trial.asks(trial.world.david, 'boost it')
    },
    async play(trial) {
      await limited(trial, NOTHING)
      await trial.asks(trial.world.david, 'yes')
      await limited(trial)
      thinking(trial, () => 'It is done.')
      await trial.asks(trial.world.david, 'yes')
    },
    // Under a limit its outcome is shown when its turn is over, and once an hour where that fails.
    ends: [[asking(''), AT_LIMIT, 'It is done.']],
    failed: 1,
    did: { boosts: 1 },
    spends: true,
    remembers: 'It is done.',
  },
  {
    what: 'a tool that needs a yes, under a limit that stays used up for a day',
    bot: { approval: { boost: 'always' }, ttlMinutes: 3_000 },
    async before(trial) {
      await wish(trial)
      await limited(trial, NOTHING)
      await trial.asks(trial.world.david, 'yes')
    },
    async play(trial) {
      await trial.passes(24 * HOUR + 1_000)
      await limited(trial)
    },
    ends: [[asking('Expired'), AT_LIMIT, /^I got a yes, but the spending limit/]],
    failed: 1,
  },
]

/** The bot asks for a yes. */
async function wish(trial: Trial) {
  trial.world.model.uses('boost', { message_id: 1, content: '👏' })
  await trial.asks(trial.world.david, 'boost it')
}

function boosting({ asked }: Trial) {
  return use('boost', { message_id: asked[0], content: '👏' })
}

/** A request, and what became of it. What it is called here is learned anew after a crash. */
function asking(outcome: string) {
  return new RegExp(`You \\(.*\\) can (reply @.* yes or no|mention me).*${outcome}$`, 's')
}
