import { ServerTools } from '../../../src/bots/server-tools.ts'
import { Server } from '../../../src/tools/mcp/server.ts'
import type { Trial } from '../../crash/trial.ts'
import { PNG } from '../../support/files.ts'
import { McpServer } from '../../support/mcp.ts'
import { ran } from '../../support/model/server-tools.ts'
import { hello, type ScriptedTurn, saidLast, thinking, use } from './script.ts'

const TRACKER = {
  name: 'tracker',
  url: 'https://mcp.example.com/mcp',
  approval: { create: 'never' as const },
}

/** What tools do, our own and those of others. */
export const TOOLS: ScriptedTurn[] = [
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
    what: 'files that code has made',
    bot: { serverTools: ServerTools.parse({ code: {} }), reply: 'whole' },
    before: hello,
    async play(trial) {
      const { files } = trial.world.model
      const ids = [files.made('plot.png', PNG), files.made('notes.exe', 'MZ')]
      thinking(trial, () => [...ran('plot()', 'srv_3', ids), { type: 'text', text: 'Above.' }])
      await trial.asks(trial.world.david, 'plot it')
    },
    // Whoever stays away is not waited for.
    ends: [['Hello.', 'plot.png', /^Above\.\s+\(Not everything .* notes\.exe – not a PNG/]],
    remembers: 'Above.',
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
