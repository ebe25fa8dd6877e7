import type { Mutant } from './mutant.ts'

const STORY = 'goes-by-what-an-operator-saved'

/** What an operator has made of a bot, and who goes by it when. */
export const VERSIONS: Mutant[] = [
  {
    what: 'a turn under way goes by what was saved meanwhile',
    by: STORY,
    edits: [
      {
        from: 'const bot = botHere(tables, runtime.member, row)',
        to: 'const bot = botHere(tables, runtime.member)',
        within: 'createTurnContext',
      },
    ],
  },
  {
    what: 'a version that a turn goes by is forgotten with the next one',
    by: STORY,
    edits: [{ from: 'kept: before.filter(({ number }) => inUse.has(number))', to: 'kept: []' }],
  },
  {
    what: 'an older version takes the place of a newer one',
    by: STORY,
    edits: [
      {
        from: 'current?.bot === version.bot && current.number >= version.number',
        to: 'current?.bot === version.bot && current.number === version.number',
      },
    ],
  },
  {
    what: 'a room that wakes does not wait to hear of it',
    by: STORY,
    edits: [{ from: 'news.isExpected && waits()', to: 'news.isExpected && !bot' }],
  },
  {
    what: 'a turn waits for the account for as long as it takes',
    by: STORY,
    edits: [{ from: 'const PATIENCE = 300', to: 'const PATIENCE = 300_000' }],
  },
  {
    what: 'thirty rooms are told, and then nobody',
    by: STORY,
    edits: [{ from: 'if (due.length === AT_ONCE) return await this.#wakeAt(Date.now())', to: '' }],
  },
  {
    what: 'a room counts as told before it has heard',
    by: STORY,
    edits: [
      {
        from: 'const heard = this.#env.ROOMS.getByName(room).learnVersion(told(version))',
        to: 'this.#table.told(room, markOf(version))\n      const heard = this.#env.ROOMS.getByName(room).learnVersion(told(version))',
      },
    ],
  },
  {
    what: 'a room that could not be reached is told no more',
    by: STORY,
    edits: [{ from: 'if (!missed) {', to: 'if (missed >= 0) {' }],
  },
  {
    what: 'an alarm that was lost in the middle of telling stays lost',
    by: STORY,
    edits: [{ from: 'if (telling) await this.#wakeAt(telling.due)', to: '' }],
  },
  {
    what: 'nobody says that a deploy has changed the file of a version',
    by: STORY,
    edits: [
      {
        from: 'fileChanged: newest?.words ? differencesOf(readWords(bot, newest.file), file) : [],',
        to: 'fileChanged: [],',
      },
    ],
  },
  {
    what: 'whoever saves last undoes what they have not seen',
    by: 'an-operator-changes-a-bot',
    edits: [{ from: 'from !== null && from !== (newest?.number ?? 0)', to: 'from === -1' }],
  },
  {
    what: 'a bot may be given a tool that there is not',
    by: 'an-operator-changes-a-bot',
    edits: [
      {
        from: 'names.find((name) => !tools.some((tool) => tool.name === name))',
        to: 'names.find(() => tools.length === 0)',
      },
    ],
  },
  {
    what: 'a test message is said as often as somebody presses',
    by: 'an-operator-changes-a-bot',
    edits: [{ from: 'if (isNoted(this.tables, note)) return true', to: '' }],
  },
  {
    what: 'a task is its asker’s word to an older version',
    by: 'deploys.test',
    edits: [{ from: 'UNSURE,\n      schedule,', to: '1,\n      schedule,' }],
  },
]
