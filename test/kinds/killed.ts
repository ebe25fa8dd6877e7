import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import type { Bot } from '../../src/bots/bot.ts'
import { ServerTools } from '../../src/bots/server-tools.ts'
import { NOTICES } from '../../src/prompt.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { Server } from '../../src/tools/mcp/server.ts'
import { chipOf } from '../campground/composer.ts'
import { type Blow, isModel } from '../crash/killer.ts'
import type { Trial } from '../crash/trial.ts'
import { drop, linkIn } from '../support/drop.ts'
import { PNG } from '../support/files.ts'
import { McpServer } from '../support/mcp.ts'
import { cited, searched } from '../support/model/server-tools.ts'
import type { Block, Body } from '../support/model.ts'
import { until } from '../support/until.ts'

/** What happens in a room, and how it may end whatever dies in between. */
export interface ScriptedTurn {
  what: string
  bot?: Partial<Bot>
  /** What comes before, and goes well. */
  before?: (trial: Trial) => Promise<void>
  play: (trial: Trial) => Promise<void>
  /** What the room may show of us in the end, message by message. Each of these is right. */
  ends: (string | RegExp)[][]
  /** So many turns came to nothing before. */
  failed?: number
  /** It brings the object down each time, and ends so. */
  parked?: boolean
  /** What was done outside, if all went well: never more than that. */
  did?: {
    boosts?: number
    file?: string
    facts?: string[]
    personal?: string[]
    items?: string[]
    reminders?: string[]
    /** So often a server was asked to do something. */
    used?: number
  }
  /** What is told in short when the model is asked for that, as often as it is. */
  compacts?: string
  /** What would leave more than can be taken down there. */
  sparedFrom?: Blow
  /** Nothing of this word is left in any table. */
  forgets?: string
  /** What it comes to is counted on a limit of its room, to the millionth. */
  spends?: true
  /** It is run again after a death: nobody is left in doubt by one. */
  repeats?: true
  /** The next turn still knows of it. */
  remembers?: string
  /** So many messages that nobody said to us are found in the end. */
  indexes?: number
}

const HOUR = 3_600_000
const OFTEN = 30

/** Two pages, and some. */
const READ_BACK = 90
const SECRET = 'swordfish'
const PARAGRAPHS = Array.from({ length: 9 }, (_, n) => `Paragraph ${n}. ${'word '.repeat(200)}`)
const TOO_LONG = Array.from({ length: 18 }, (_, n) => `Chapter ${n}. ${'word '.repeat(200)}`)
const GROWING = Array.from({ length: 5 }, (_, n) => `Paragraph ${n} grows.\n\n`)
const NAMING = [...GROWING, '@Kevin, please look.']
const OUTGROWING = Array.from(
  { length: 6 },
  (_, n) => `第${n}段。${'很长的回答。'.repeat(180)}\n\n`,
)

const TRACKER = {
  name: 'tracker',
  url: 'https://mcp.example.com/mcp',
  approval: { create: 'never' as const },
}

export const TEXT: ScriptedTurn = {
  what: 'a text',
  async play(trial) {
    answering(trial, 'Hello.')
    await trial.asks(trial.world.david, 'hello?')
  },
  ends: [['Hello.']],
  remembers: 'Hello.',
}

export const POISON: ScriptedTurn = {
  ...TEXT,
  what: 'poison',
  ends: [[/ran into trouble with this one several times/]],
  parked: true,
  remembers: '',
}

export const KILLED: ScriptedTurn[] = [
  TEXT,
  {
    what: 'two calls under a limit',
    async before(trial) {
      const account = env.ACCOUNTS.getByName(trial.world.campfire.origin)
      const whose = `room:${trial.room.id}`
      await account.changeBudgets([
        { for: whose, per: 'month', usd: 1_000 },
        { for: 'person:1', per: 'month', usd: 1_000 },
      ])
    },
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
    what: 'a reply that grows',
    async play(trial) {
      growing(trial)
      await trial.asks(trial.world.david, 'tell me a story')
    },
    ends: [[/^Paragraph 0 grows\.\s+Paragraph 1.*Paragraph 4 grows\.$/s]],
    remembers: 'Paragraph 4',
  },
  {
    what: 'a reply that grows and names somebody in the end',
    async before(trial) {
      const { world, room } = trial
      const mentions = [world.assistant.id, world.kevin.id]
      world.model.says('Hello.')
      await world.posts(world.david, { text: 'meet', mentions }, room)
      await trial.settle()
    },
    async play(trial) {
      growing(trial, NAMING)
      await trial.asks(trial.world.david, 'tell me a story')
    },
    // Where its beginning never stood, all of it is told at once.
    ends: [
      ['Hello.', /^Paragraph 0.*@Kevin\s*, please look\.$/s, /^@Kevin\s*, please look\.$/],
      ['Hello.', /^Paragraph 0.*@Kevin\s*, please look\.$/s],
    ],
    remembers: 'Paragraph 4',
  },
  {
    what: 'an answer that takes long where nothing can be edited',
    async before(trial) {
      const name = 'an old room'
      const told = { room: 99, bot: 3, busy: false, waiting: 0, turns: [] }
      const account = env.ACCOUNTS.getByName(trial.world.campfire.origin)
      await account.report(name, { ...told, abilities: { edit: false } })
      await hello(trial)
    },
    async play(trial) {
      growing(trial, GROWING, 4_000)
      await trial.asks(trial.world.david, 'tell me a story')
    },
    sparedFrom: 'dies before, and it arrives late',
    // Where its create was never answered nobody knows whether it stands, and it is not said again.
    ends: [
      ['Hello.', SENTENCES.working, /^Paragraph 0 grows\.\s+Paragraph 1.*Paragraph 4 grows\.$/s],
      ['Hello.', /^Paragraph 0 grows\.\s+Paragraph 1.*Paragraph 4 grows\.$/s],
    ],
    remembers: 'Paragraph 4',
  },
  {
    what: 'a reply that grows beyond one message, in Chinese',
    async play(trial) {
      growing(trial, OUTGROWING)
      await trial.asks(trial.world.david, 'tell me a story')
    },
    ends: [
      [/^第0段.*第2段/s, /^第3段.*第5段.*答。$/s],
      // Where its beginning never stood, each part must fit into a push, and that makes too many.
      [/^第0段/, 'answer.md'],
    ],
    remembers: '第5段',
  },
  {
    what: 'a question that is edited while the model is at it',
    async play(trial) {
      const { world } = trial
      thinking(trial, (body) => {
        if (saidLast(body).includes('coffee')) return 'Coffee it is.'
        world.campfire.editAsPerson(trial.asked[0] ?? 0, {
          text: 'coffee, please',
          mentions: [world.assistant.id],
        })
        vi.setSystemTime(Date.now() + 3_000)
        return 'Tea it is.'
      })
      await trial.asks(world.david, 'tea, please')
    },
    // Where the room cannot be read once more, it is answered as it was asked.
    ends: [['Coffee it is.'], ['Tea it is.']],
    remembers: ' it is.',
  },
  {
    what: 'two tools at once',
    async play(trial) {
      thinking(trial, (body) =>
        saidLast(body).includes('tool_result')
          ? 'Both are done.'
          : [
              use('boost', { message_id: trial.asked[0], content: '👏' }),
              use('search_conversation', { words: 'x' }),
            ],
      )
      await trial.asks(trial.world.david, 'do it')
    },
    ends: [['Both are done.']],
    did: { boosts: 1 },
    remembers: 'Both are done.',
  },
  {
    what: 'a split reply',
    async play(trial) {
      answering(trial, PARAGRAPHS.join('\n\n'))
      await trial.asks(trial.world.david, 'tell me much')
    },
    ends: [
      [/^Paragraph 0.*Paragraph 2/s, /^Paragraph 3.*Paragraph 5/s, /^Paragraph 6.*Paragraph 8/s],
    ],
    remembers: 'Paragraph 8',
  },
  {
    what: 'an answer that is a file',
    async play(trial) {
      answering(trial, TOO_LONG.join('\n\n'))
      await trial.asks(trial.world.david, 'tell me all')
    },
    ends: [[/^Chapter 0.*file below/s, 'answer.md']],
    remembers: 'Chapter 17',
  },
  {
    what: 'a tool that attaches a file',
    async play(trial) {
      thinking(trial, (body) =>
        saidLast(body).includes('tool_result')
          ? 'See the table.'
          : [use('attach_file', { name: 'table.csv', type: 'csv', content: 'a,b\n1,2' })],
      )
      await trial.asks(trial.world.david, 'make a table')
    },
    ends: [['See the table.']],
    did: { file: 'table.csv' },
    remembers: 'See the table.',
  },
  {
    what: 'a search of the web by the API, and what was cited of it',
    bot: { tools: [], serverTools: ServerTools.parse({ webSearch: {} }) },
    async play(trial) {
      const { killer, world } = trial
      const before = async (piece: number) => {
        if (piece === 1) await killer.midStream()
      }
      const found = [...searched('otters'), cited('Otters hold hands')]
      const content: Block[] = [...found, { type: 'text', text: ' and float.' }]
      for (let times = 0; times < OFTEN; times++) world.model.gives(content, { before })
      await trial.asks(world.david, 'what do otters do?')
    },
    ends: [['Otters hold hands (Otters of Ohio) and float.']],
    remembers: 'web_search_tool_result',
  },
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
    ends: [['Noted.', /^⏰ Feed the otter\.\s+Reminder 1, from David\.( This comes .* late\.)?$/]],
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
    what: 'a tool of another server',
    bot: { mcp: [Server.parse(TRACKER)], reply: 'whole' },
    before: meetsTracker,
    play: creates,
    ends: [
      ['Hello.', 'It is there.'],
      ['Hello.', 'It may be there.'],
      ['Hello.', 'It is not there.'],
    ],
    did: { used: 1 },
  },
  {
    what: 'a tool of another server that may be repeated',
    bot: { mcp: [Server.parse({ ...TRACKER, repeatable: ['create'] })], reply: 'whole' },
    before: meetsTracker,
    play: creates,
    // Where its connection breaks nobody runs it again within a life.
    ends: [
      ['Hello.', 'It is there.'],
      ['Hello.', 'It may be there.'],
      ['Hello.', 'It is not there.'],
    ],
    repeats: true,
  },
  {
    what: 'why',
    before: hello,
    async play(trial) {
      await trial.asks(trial.world.david, 'why?')
    },
    ends: [['Hello.', /^Read:.*Took:/s]],
  },
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

/** A server of somebody else's, and a list that is known. */
async function meetsTracker(trial: Trial) {
  trial.server = new McpServer(trial.world).offer({
    name: 'create',
    annotations: { idempotentHint: true },
  })
  await hello(trial)
}

async function creates(trial: Trial) {
  thinking(trial, (body) => {
    const last = saidLast(body)
    if (!last.includes('tool_result')) return [use('tracker__create', {})]
    if (last.includes('outcome unknown')) return 'It may be there.'
    return last.includes('Nothing was done') ? 'It is not there.' : 'It is there.'
  })
  await trial.asks(trial.world.david, 'create an issue')
}

async function hello(trial: Trial) {
  trial.world.model.says('Hello.')
  await trial.asks(trial.world.david, 'hello?')
}

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

/** The bot asks for a yes. */
async function wish(trial: Trial) {
  trial.world.model.uses('boost', { message_id: 1, content: '👏' })
  await trial.asks(trial.world.david, 'boost it')
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

/** Says the same however often it is asked. One point in the middle of it stands for all. */
function answering({ world: { model }, killer }: Trial, text: string) {
  const before = async (piece: number) => {
    if (piece === 1) await killer.midStream()
  }
  const pieces = [text.slice(0, 3), text.slice(3)]
  for (let times = 0; times < OFTEN; times++) model.says(text, { pieces, before })
}

function growing({ world: { model }, killer }: Trial, pieces = GROWING, ms = 1_000) {
  const before = async () => {
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
    await killer.midStream()
    vi.setSystemTime(Date.now() + ms)
  }
  for (let times = 0; times < OFTEN; times++) {
    model.says(pieces.join(''), { pieces, before })
  }
}

type Thought = (body: Body) => string | Block[] | Promise<string | Block[]>

function thinking({ world: { model } }: Trial, thought: Thought) {
  for (let times = 0; times < OFTEN; times++) model.answers(thought)
}

function boosting({ asked }: Trial) {
  return use('boost', { message_id: asked[0], content: '👏' })
}

/** A request, and what became of it. What it is called here is learned anew after a crash. */
function asking(outcome: string) {
  return new RegExp(`You \\(.*\\) can (reply @.* yes or no|mention me).*${outcome}$`, 's')
}

let uses = 0
function use(name: string, input: object): Block {
  return { type: 'tool_use', id: `toolu_c${++uses}`, name, input }
}

function saidLast({ messages }: Body) {
  return JSON.stringify(messages.at(-1))
}

function askedIn(body: Body) {
  return saidLast(body).replace(/<context[\s\S]*?<\/context>/g, '')
}

function overloaded() {
  return Response.json(
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    { status: 529 },
  )
}
