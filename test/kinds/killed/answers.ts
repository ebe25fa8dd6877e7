import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { ServerTools } from '../../../src/bots/server-tools.ts'
import { SENTENCES } from '../../../src/sentences.ts'
import { cited, searched } from '../../support/model/server-tools.ts'
import type { Block } from '../../support/model.ts'
import {
  answering,
  GROWING,
  growing,
  hello,
  OFTEN,
  type ScriptedTurn,
  saidLast,
  thinking,
} from './script.ts'

const PARAGRAPHS = Array.from({ length: 9 }, (_, n) => `Paragraph ${n}. ${'word '.repeat(200)}`)
const TOO_LONG = Array.from({ length: 18 }, (_, n) => `Chapter ${n}. ${'word '.repeat(200)}`)
const NAMING = [...GROWING, '@Kevin, please look.']
const OUTGROWING = Array.from(
  { length: 6 },
  (_, n) => `第${n}段。${'很长的回答。'.repeat(180)}\n\n`,
)

export const TEXT: ScriptedTurn = {
  what: 'a text',
  async play(trial) {
    answering(trial, 'Hello.')
    await trial.asks(trial.world.david, 'hello?')
  },
  ends: [['Hello.']],
  remembers: 'Hello.',
}

/** Answers of words, as they come into the room. */
export const ANSWERS: ScriptedTurn[] = [
  TEXT,
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
]
