import { vi } from 'vitest'
import type { Bot } from '../../src/bots.ts'
import { Server } from '../../src/tools/mcp/server.ts'
import { PNG } from '../support/files.ts'
import { McpServer } from '../support/mcp.ts'
import { ran } from '../support/model/server-tools.ts'
import { until } from '../support/until.ts'
import type { World } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const LONG = texts(9, (n) => `Paragraph ${n}. ${'word '.repeat(200)}`)
const TOO_LONG = texts(60, (n) => `Point ${n}: ${'word '.repeat(80)}`)

/** What happens, and in which room; what comes before it is not counted. */
export interface CountedTurn {
  before?(world: World): Promise<unknown>
  turn(world: World): Promise<unknown>
  room?(world: World): { id: number }
  needsApproval?: boolean
  /** As its file has it. */
  bot?: Partial<Bot>
  /** Who else is there, before anybody speaks. */
  meets?(world: World): unknown
  /** So often somebody else's server is asked for something. */
  elsewhere?: number
}

export const COUNTED: Record<string, CountedTurn> = {
  'text whole': {
    turn: (world) => asks(world, (model) => model.says('Hello.')),
  },
  'text cold': {
    before: (world) => world.room(world.direct).resetSession(),
    turn: (world) => asks(world, (model) => model.says('Hello.')),
  },
  'text, an hour on': {
    turn: async (world) => {
      await asks(world, (model) => model.says('Hello.'))
      for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE, world.direct)
    },
  },
  'text grows': {
    turn: (world) => growing(world, 2 * SECOND),
  },
  'text names': {
    room: (world) => world.watercooler,
    before: async (world) => {
      world.model.says('Hello.')
      const mentions = [world.assistant.id, world.kevin.id]
      await world.posts(world.david, { text: 'meet', mentions }, world.watercooler)
      await world.rings(world.watercooler)
    },
    turn: (world) => growing(world, 2 * SECOND, '@Kevin, please look.', world.watercooler),
  },
  'text in Chinese': {
    turn: (world) => growing(world, 2 * SECOND, '很长的回答。'.repeat(900)),
  },
  'text grows slowly': {
    turn: (world) => growing(world, 25 * SECOND),
  },
  'two tools': {
    turn: (world) =>
      asks(world, (model) =>
        model.uses([['search_conversation', { words: 'x' }], ['read_messages']]).says('Both.'),
      ),
  },
  "server's tool": {
    bot: {
      mcp: [
        Server.parse({
          name: 'tracker',
          url: 'https://mcp.example.com/mcp',
          approval: { find: 'never' },
        }),
      ],
    },
    meets: (world) => new McpServer(world).offer('find'),
    turn: (world) => asks(world, (model) => model.uses('tracker__find', {}).says('Found.')),
    elsewhere: 3,
  },
  'reminder set': {
    turn: (world) => asks(world, (model) => model.uses('reminders', inAnHour()).says('Set.')),
  },
  'reminder due': {
    before: (world) => asks(world, (model) => model.uses('reminders', inAnHour()).says('Set.')),
    turn: (world) => world.passes(60 * MINUTE, world.direct),
  },
  'task due': {
    before: (world) => {
      const task = { ...inAnHour(), isPrompt: true }
      return asks(world, (model) =>
        model.uses('reminders', task).says('Set.').says('A day of tea.'),
      )
    },
    turn: (world) => world.passes(60 * MINUTE, world.direct),
  },
  'split reply': {
    turn: (world) => asks(world, (model) => model.says(LONG)),
  },
  'file answer': {
    turn: (world) => asks(world, (model) => model.says(TOO_LONG)),
  },
  attach_file: {
    turn: (world) =>
      asks(world, (model) =>
        model
          .uses('attach_file', { name: 'list.csv', type: 'csv', content: 'a,b\n1,2\n' })
          .says('Above.'),
      ),
  },
  'files by code': {
    turn: (world) => {
      const ids = ['plot.png', 'more.png'].map((name) => world.model.files.made(name, PNG))
      return asks(world, (model) =>
        model.gives([...ran('plot()', 'srv_3', ids), { type: 'text', text: 'Above.' }]),
      )
    },
  },
  'memory of the room': {
    turn: (world) =>
      asks(world, (model) =>
        model
          .uses('memory', { action: 'remember', of: 'room', fact: 'Tea at four.' })
          .says('Noted.'),
      ),
  },
  'memory of a person': {
    turn: (world) =>
      asks(world, (model) =>
        model.uses('memory', { action: 'remember', of: 'me', fact: 'Likes tea.' }).says('Noted.'),
      ),
  },
  'list changed': {
    turn: (world) =>
      asks(world, (model) =>
        model.uses('list', { action: 'add', texts: ['Order wood'] }).says('Noted.'),
      ),
  },
  'list shown': {
    before: (world) => onTheList(world),
    turn: (world) => asks(world, (model) => model.uses('list', { action: 'show' }).says('Above.')),
  },
  'list shown again': {
    before: async (world) => {
      await onTheList(world)
      await asks(world, (model) => model.uses('list', { action: 'show' }).says('Above.'))
    },
    turn: (world) => asks(world, (model) => model.uses('list', { action: 'show' }).says('Above.')),
  },
  help: { turn: (world) => says(world, 'help') },
  why: { turn: (world) => says(world, 'why') },
  forget: { turn: (world) => says(world, 'forget') },
  silence: {
    room: (world) => group(world),
    before: async (world) => {
      world.model.says('Hello, Jason.')
      await says(world, 'hello', world.jason, group(world))
      await says(world, 'hello', world.kevin, group(world))
    },
    turn: (world) => says(world, 'not for you', world.kevin, group(world)),
  },
  'stopped midway': {
    turn: async (world) => {
      world.model.hangs('text', 'Once upon a time')
      const ringing = says(world, 'tell me a story')
      await until(() => world.model.prompts.length === 2)
      await world.posts(world.david, { text: 'stop' }, world.direct)
      await ringing
    },
  },
  steered: {
    turn: async (world) => {
      const gate = Promise.withResolvers<void>()
      world.model.uses('search_conversation', { words: 'Q3' }, { saying: 'Let me see' })
      world.model.waits(gate.promise).says('Only Q3, then.')
      const ringing = says(world, 'compare the quarters')
      await until(() => world.model.prompts.length === 2)
      await world.posts(world.david, { text: 'only Q3 please' }, world.direct)
      gate.resolve()
      await ringing
    },
  },
  'failed, bad key': {
    turn: (world) => asks(world, (model) => model.fails(401)),
  },
  'retried once': {
    turn: async (world) => {
      await asks(world, (model) => model.fails(529).says('Here.'))
      await world.passes(2 * SECOND, world.direct)
    },
  },
  'approval asked': {
    needsApproval: true,
    turn: (world) => wants(world),
  },
  'approval granted': {
    needsApproval: true,
    before: (world) => wants(world),
    turn: (world) => asks(world, (model) => model.says('Done.'), 'yes'),
  },
  'approval refused': {
    needsApproval: true,
    before: (world) => wants(world),
    turn: (world) => asks(world, (model) => model.says('As you wish.'), 'no'),
  },
}

async function onTheList(world: World) {
  const input = { action: 'add', texts: ['Order wood'] }
  await asks(world, (model) => model.uses('list', input).says('Noted.'))
}

export async function asks(
  world: World,
  script: (model: World['model']) => unknown,
  text = 'a question',
) {
  script(world.model)
  await says(world, text)
}

async function says(
  world: World,
  text: string,
  person: { id: number } = world.david,
  room: { id: number } = world.direct,
) {
  await world.posts(person, { text }, room)
  await world.rings(room)
}

/** Six paragraphs and the last one, and so long for each. */
async function growing(world: World, ms: number, last = '', room: { id: number } = world.direct) {
  const paragraphs = Array.from({ length: 6 }, (_, n) => `Paragraph ${n} is here.\n\n`)
  const pieces = [...paragraphs, ...(last ? [last] : [])]
  world.model.says(pieces.join(''), {
    pieces,
    before: async () => {
      for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
      vi.setSystemTime(Date.now() + ms)
    },
  })
  const mentions = room === world.direct ? [] : [world.assistant.id]
  await world.posts(world.david, { text: 'a question', mentions }, room)
  await world.rings(room)
}

/** The bot wants to boost what was said first. */
async function wants(world: World) {
  const [first] = world.campfire.messagesIn(world.direct)
  await asks(world, (model) => model.uses('boost', { message_id: first?.id, content: '👏' }))
}

/** A direct of several, where it takes a mention to be heard. */
function group({ campfire, jason, kevin, assistant }: World) {
  return campfire.addDirect([jason, kevin, assistant])
}

function texts(length: number, text: (n: number) => string) {
  return Array.from({ length }, (_, n) => text(n)).join('\n\n')
}

function inAnHour() {
  const at = new Date(Date.now() + 60 * MINUTE).toISOString().slice(0, 19)
  return { action: 'add', text: 'Feed the otter.', at, zone: 'UTC' }
}
