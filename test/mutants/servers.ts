import type { Mutant } from './mutant.ts'

/** Tools of other people's servers, and what is believed of them. */
export const SERVERS: Mutant[] = [
  {
    what: 'what a server says of its tool loosens what the bot’s file says',
    by: 'tools/mcp',
    edits: [{ from: 'STRICTER.findLast((one)', to: 'STRICTER.find((one)' }],
  },
  {
    what: 'what a server says that it destroys is asked for like anything else',
    by: 'tools/mcp',
    edits: [{ from: "(definition.isDestructive ? ['always'] : [])", to: '[]' }],
  },
  {
    what: 'a tool that has become another keeps what its file says of the old one',
    by: 'tools/mcp',
    edits: [{ from: "if (changed !== null) wanted.push('once')", to: '' }],
  },
  {
    what: 'a tool that was gone may come back as another',
    by: 'tools/mcp',
    edits: [{ from: 'return [...offered, ...gone].slice', to: 'return [...offered].slice' }],
  },
  {
    what: 'what was granted to a tool is granted to what it becomes',
    by: 'uses-other-peoples-tools',
    edits: [{ from: ', found?.approvedSince ?? 0)', to: ', 0)' }],
  },
  {
    what: 'a yes runs what its tool has become since',
    by: 'uses-other-peoples-tools',
    edits: [
      { from: 'if (isApprovedNow && turn.approval.isOutdated(use, goes))', to: 'if (false)' },
    ],
  },
  {
    what: 'a server is believed when it says that its tool may be run again',
    by: 'tools/mcp',
    edits: [{ from: 'isRepeatable && server.repeatable.includes(name)', to: 'isRepeatable' }],
  },
  {
    what: 'a tool of another server is run again after a crash',
    edits: [{ from: 'tool.isRepeatable === true)', to: 'tool.server !== undefined)' }],
  },
  {
    what: 'of two tools by one name the first is taken',
    by: 'tools/mcp',
    edits: [{ from: '!first || another || !isMeant', to: '!first || !isMeant' }],
  },
  {
    what: 'what a server answers closes tags of ours',
    by: 'tools/mcp',
    edits: [{ from: 'return unfenced(words || data)', to: 'return words || data' }],
  },
  {
    what: 'what broke off on the way is said not to have been done',
    by: 'uses-other-peoples-tools',
    edits: [{ from: 'throw new Uncertain(', to: 'throw new Error(' }],
  },
  {
    what: 'a new list changes what a running session begins with',
    by: 'uses-other-peoples-tools',
    edits: [{ from: '!bot.mcp.length || isBound', to: '!bot.mcp.length' }],
  },
  {
    what: 'a turn waits for a list that it knows already',
    by: 'uses-other-peoples-tools',
    edits: [{ from: 'if (!known) first.push(work)', to: 'first.push(work)' }],
  },
  {
    what: 'a turn waits for a server as long as that likes',
    by: 'uses-other-peoples-tools',
    edits: [{ from: 'await inTime(Promise.all(first), PATIENCE)', to: 'await Promise.all(first)' }],
  },
  {
    what: 'a token that a server says back comes into the room',
    by: 'tools/mcp',
    edits: [{ from: "words.replaceAll(line.token, '[a secret]')", to: 'words' }],
  },
  {
    what: 'a server that listed one tool more makes another of ours seldom',
    by: 'uses-other-peoples-tools',
    edits: [
      { from: 'tools.filter((tool) => !tool.server).length > FEW', to: 'tools.length > FEW' },
    ],
  },
  {
    what: 'a server tells our own token in what it offers',
    by: 'tools/mcp',
    edits: [{ from: 'told.filter((one) => !tells(one, line))', to: 'told' }],
  },
]
