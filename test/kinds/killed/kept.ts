import { ServerTools } from '../../../src/bots/server-tools.ts'
import { NOTICES } from '../../../src/prompt.ts'
import { isModel } from '../../crash/killer.ts'
import type { Trial } from '../../crash/trial.ts'
import { drop, linkIn } from '../../support/drop.ts'
import { bytesOf, PNG } from '../../support/files.ts'
import { answering, HOUR, MINUTE, type ScriptedTurn, saidLast, thinking, use } from './script.ts'

/** What is kept for people: facts, lists, reminders, and what they give. */
export const KEPT: ScriptedTurn[] = [
  {
    what: 'a fact of the room that takes the place of another',
    async before(trial) {
      trial.world.model
        .uses('memory', { action: 'remember', of: 'room', fact: 'Tea at four.' })
        .says('Noted.')
      await trial.asks(trial.world.david, 'tea at four')
    },
    async play(trial) {
      const fact = { of: 'room', fact: 'Tea at five.', number: 1, always: true }
      thinking(trial, (body) =>
        saidLast(body).includes('tool_result')
          ? 'At five, then.'
          : [use('memory', { action: 'remember', ...fact })],
      )
      await trial.asks(trial.world.david, 'at five, after all')
    },
    ends: [['Noted.', 'At five, then.']],
    did: { facts: ['2. Tea at five.'] },
    remembers: 'At five, then.',
  },
  {
    what: 'what somebody tells about themselves',
    async before(trial) {
      trial.world.model
        .uses('memory', { action: 'remember', of: 'me', fact: 'Is fond of otters.' })
        .says('Noted.')
      await trial.asks(trial.newcomer(), 'remember that')
    },
    async play(trial) {
      const fact = { of: 'me', fact: 'Is fond of beavers.', number: 1 }
      thinking(trial, (body) => {
        if (!saidLast(body).includes('tool_result'))
          return [use('memory', { action: 'remember', ...fact })]
        // The same answer, however often it was asked for.
        const isReplaced = saidLast(body).includes('\\"replaced\\":1')
        return isReplaced ? 'In place of the one before.' : `It says: ${saidLast(body)}`
      })
      await trial.asks(trial.guest ?? 0, 'no, this')
    },
    ends: [['Noted.', 'In place of the one before.']],
    did: { personal: ['2. Is fond of beavers.'] },
    remembers: 'In place of the one before.',
  },
  {
    what: 'a list that is changed and shown again',
    async before(trial) {
      trial.world.model
        .uses('list', { action: 'add', texts: ['Wood', 'Tea'] })
        .uses('list', { action: 'show' })
        .says('Above.')
      await trial.asks(trial.world.david, 'wood and tea')
    },
    async play(trial) {
      thinking(trial, (body) => {
        if (saidLast(body).includes('some minutes ago shows it')) return 'It shows it.'
        if (saidLast(body).includes('tool_result')) return [use('list', { action: 'show' })]
        return [
          use('list', { action: 'done', numbers: [1] }),
          use('list', { action: 'add', texts: ['Milk'] }),
        ]
      })
      await trial.asks(trial.world.david, 'wood is done, and milk')
    },
    ends: [[/^To do\s+2 Tea\s+3 Milk\s+1 done$/, 'Above.', 'It shows it.']],
    did: { items: ['1. Wood, done', '2. Tea', '3. Milk'] },
    remembers: 'It shows it.',
  },
  {
    what: 'a list that is shown, and goes into a file',
    async before(trial) {
      const { david, kevin, assistant, model } = trial.world
      model.uses('list', { action: 'add', texts: ['Wood'], assignee: 'Kevin' }).says('Noted.')
      const what = { text: 'wood, for @Kevin', mentions: [assistant, kevin] }
      trial.asked.push(await trial.world.posts(david, what, trial.room))
      await trial.settle()
    },
    async play(trial) {
      thinking(trial, (body) =>
        saidLast(body).includes('tool_result')
          ? 'Both are above.'
          : [use('list', { action: 'show' }), use('list', { action: 'show', as: 'file' })],
      )
      await trial.asks(trial.world.david, 'show it, and as a file')
    },
    ends: [
      ['Noted.', /^To do\s+1 Wood · @?Kevin$/, 'To do.csv', 'Both are above.'],
      // One that came late gave way to another.
      ['Noted.', 'To do.csv', /^To do\s+1 Wood · @?Kevin$/, 'Both are above.'],
    ],
    did: { items: ['1. Wood'] },
    remembers: 'Both are above.',
  },
  {
    what: 'an item that somebody is reminded of, and one that nobody is any more',
    async before(trial) {
      const item = { action: 'add', texts: ['Wood'], ...onThatDay() }
      trial.world.model.uses('list', item).says('Noted.')
      await trial.asks(trial.world.david, 'wood')
    },
    async play(trial) {
      const uses = [
        use('list', { action: 'add', texts: ['Tea'], ...onThatDay() }),
        use('list', { action: 'done', numbers: [1] }),
      ]
      thinking(trial, (body) => (saidLast(body).includes('tool_result') ? 'Both done.' : uses))
      await trial.asks(trial.world.david, 'tea, and wood is done')
    },
    ends: [['Noted.', 'Both done.']],
    did: { items: ['1. Wood, done', '2. Tea'], reminders: ['2. Tea'] },
    remembers: 'Both done.',
  },
  {
    what: 'a reminder that is set, changed and cancelled',
    async before(trial) {
      await reminding(trial, { text: 'Feed the beaver.' })
    },
    async play(trial) {
      const uses = [
        use('reminders', { action: 'add', ...inTwoHours('Feed the otter.') }),
        use('reminders', { action: 'cancel', number: 1 }),
      ]
      thinking(trial, (body) => (saidLast(body).includes('tool_result') ? 'Both done.' : uses))
      await trial.asks(trial.world.david, 'the otter, not the beaver')
    },
    ends: [['Noted.', 'Both done.']],
    did: { reminders: ['2. Feed the otter.'] },
    remembers: 'Both done.',
  },
  {
    what: 'a reminder that is due',
    async before(trial) {
      await reminding(trial, { text: 'Feed the otter.', whom: 'room' })
    },
    async play(trial) {
      await trial.passes(2 * HOUR)
    },
    ends: [
      ['Noted.', /^⏰ Feed the otter\.\s+Reminder 1, from David\.( Sorry, this is .* late\.)?$/],
    ],
  },
  {
    what: 'a reminder whose words are refused',
    async before(trial) {
      await reminding(trial, { text: 'Feed the otter.', whom: 'room' })
    },
    async play(trial) {
      trial.killer.meets = (url, body) =>
        !isModel(url) && body.includes('otter') ? new Response(null, { status: 403 }) : undefined
      await trial.passes(2 * HOUR)
      for (let tries = 0; tries < 20; tries++) await trial.passes(MINUTE / 2)
    },
    ends: [
      ['Noted.', /^⏰ A reminder is due, but Campfire didn't accept its words\.\s+Reminder 1/],
    ],
  },
  {
    what: 'a task that is due',
    async before(trial) {
      await reminding(trial, { text: 'Summarise the day.', isPrompt: true })
    },
    async play(trial) {
      answering(trial, 'A day of tea.')
      await trial.passes(2 * HOUR)
    },
    ends: [['Noted.', 'A day of tea.']],
    remembers: 'A day of tea.',
  },
  {
    what: 'a task that is due and has nothing to tell',
    async before(trial) {
      await reminding(trial, { text: 'Summarise the day.', isPrompt: true })
    },
    async play(trial) {
      answering(trial, NOTICES.nothingToTell)
      await trial.passes(2 * HOUR)
    },
    ends: [['Noted.']],
  },
  {
    what: 'a file that is dropped through a link',
    async before(trial) {
      trial.world.model.uses('ask_for_file').says('Show me.')
      await trial.asks(trial.world.david, 'look at my plan')
    },
    async play(trial) {
      answering(trial, 'A white fence.')
      const link = linkIn(trial.world, trial.room)
      await drop(link, { name: 'fence.png', bytes: PNG })
      await trial.settle()
    },
    ends: [[/^Show me\./, 'A white fence.']],
    remembers: 'A white fence.',
  },
  {
    what: 'a file that is handed to code, and deleted',
    bot: {
      serverTools: ServerTools.parse({ code: {} }),
      trusted: ['files', 'code_execution'],
      reply: 'whole',
    },
    async before(trial) {
      trial.world.model.uses('ask_for_file').says('Show me.')
      await trial.asks(trial.world.david, 'add it up')
    },
    async play(trial) {
      thinking(trial, (body) => {
        const last = saidLast(body)
        if (last.includes('tool_result')) return 'Gone.'
        return last.includes('delete it') ? [use('delete_file', { file: 1 })] : 'Three.'
      })
      const link = linkIn(trial.world, trial.room)
      await drop(link, { name: 'sums.csv', bytes: bytesOf('a,b\n1,2\n') })
      await trial.settle()
      await trial.asks(trial.world.david, 'delete it')
    },
    ends: [[/^Show me\./, 'Three.', 'Gone.']],
    remembers: 'Gone.',
  },
  {
    what: 'a file that is linked',
    async play(trial) {
      const { killer, world } = trial
      killer.meets = ({ pathname }) =>
        pathname.includes('/active_storage/') ? new Response(PNG) : undefined
      answering(trial, 'A white fence.')
      const link = `${world.campfire.origin}/rails/active_storage/blobs/redirect/x--1/fence.png`
      await trial.asks(world.david, `what is this? ${link}`)
    },
    ends: [['A white fence.']],
    remembers: 'A white fence.',
  },
]

async function reminding(
  trial: Trial,
  { text, ...rest }: { text: string; [rest: string]: unknown },
) {
  const input = { action: 'add', ...inTwoHours(text), ...rest }
  trial.world.model.uses('reminders', input).says('Noted.')
  await trial.asks(trial.world.david, 'in two hours, please')
}

/** Tomorrow night: nothing comes before the trial is over. */
function onThatDay() {
  const due = new Date(Date.now() + 24 * HOUR).toISOString().slice(0, 10)
  return { due, remind: `${due}T23:59:00`, zone: 'UTC' }
}

function inTwoHours(text: string) {
  return { text, zone: 'UTC', at: new Date(Date.now() + 2 * HOUR).toISOString().slice(0, 19) }
}
