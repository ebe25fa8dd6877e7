import { describe, expect, it, vi } from 'vitest'
import type { Dialect } from './campground/dialect.ts'
import { asks } from './kinds/counted.ts'
import { countedTurn, KINDS } from './kinds.ts'
import { useBotChanges } from './support/bots.ts'
import { bill } from './support/worker.ts'
import { useWorld, type World } from './support/world.ts'

/**
 * What each kind of turn does to Campfire, to the people, to the model and to the bill: exactly, so
 * that whoever makes it dearer sees it here. All in a direct that is warm, where every post rings.
 *
 * posts edits deletes  messages created, changed and removed; `left`: how often the last was edited
 * on off lists         boosts put and removed; pages of the room that were asked for
 * rings                notifications, by Campfire's own rules
 * calls writes         requests to the model; billed writes of the room (at most 14 for a text that
 *                      is posted whole, and 16 for one that grows, with their signs)
 */
const COUNTS = `
turn              dialect     posts edits left deletes on off lists rings calls writes
text whole        rails, port     1     0    0       0  1   1     1     1     1     14
text whole        v1.4.9          1     0    0       0  0   0     0     1     1     13
text cold         rails, port     1     0    0       0  1   1     1     1     1     15
text cold         v1.4.9          1     0    0       0  0   0     0     1     1     14
text, an hour on  rails, port     1     0    0       0  1   1     4     1     1     19
text, an hour on  v1.4.9          1     0    0       0  0   0     0     1     1     13
text grows        rails, port     1     6    6       0  1   1     2     1     1     15
text grows        v1.4.9          1     0    0       0  0   0     0     1     1     13
text names        rails, port     2     7    0       0  1   1     2     1     1     17
text names        v1.4.9          1     0    0       0  0   0     0     1     1     13
text in Chinese   rails, port     3     9    1       0  1   1     2     3     1     20
text in Chinese   v1.4.9          2     0    0       0  0   0     0     2     1     15
text grows slowly rails, port     1     6    6       0  1   1     2     1     1     15
text grows slowly v1.4.9          2     0    0       0  0   0     0     2     1     15
two tools         rails, port     1     0    0       0  1   1     2     1     2     20
two tools         v1.4.9          1     0    0       0  0   0     0     1     2     19
split reply       rails, port     3     1    0       0  1   1     1     3     1     20
split reply       v1.4.9          3     0    0       0  0   0     0     3     1     17
file answer       rails, port     2     1    0       0  1   1     1     2     1     18
file answer       v1.4.9          2     0    0       0  0   0     0     2     1     15
attach_file       rails, port     2     0    0       0  1   1     1     2     2     18
attach_file       v1.4.9          2     0    0       0  0   0     0     2     2     17
files by code     rails, port     3     0    0       0  1   1     1     3     1     21
files by code     v1.4.9          3     0    0       0  0   0     0     3     1     20
memory of the room rails, port     1     0    0       0  1   1     1     1     2     19
memory of the room v1.4.9          1     0    0       0  0   0     0     1     2     18
memory of a person rails, port     1     0    0       0  1   1     1     1     2     20
memory of a person v1.4.9          1     0    0       0  0   0     0     1     2     19
list changed      rails, port     1     0    0       0  1   1     1     1     2     21
list changed      v1.4.9          1     0    0       0  0   0     0     1     2     20
list shown        rails, port     2     0    0       0  1   1     1     2     2     21
list shown        v1.4.9          2     0    0       0  0   0     0     2     2     20
list shown again  rails, port     1     1    0       0  1   1     1     1     2     18
list shown again  v1.4.9          2     0    0       0  0   0     0     2     2     20
reminder set      rails, port     1     0    0       0  1   1     1     1     2     20
reminder set      v1.4.9          1     0    0       0  0   0     0     1     2     19
reminder due      rails, port     1     0    0       0  0   0     1     1     0      7
reminder due      v1.4.9          1     0    0       0  0   0     0     1     0      6
task due          rails, port     1     0    0       0  0   0     2     1     1     14
task due          v1.4.9          1     0    0       0  0   0     0     1     1     13
server's tool     rails, port     1     0    0       0  1   1     1     1     2     19
server's tool     v1.4.9          1     0    0       0  0   0     0     1     2     18
help              rails, port     1     0    0       0  0   0     1     1     0      9
help              v1.4.9          1     0    0       0  0   0     0     1     0      9
why               rails, port     1     0    0       0  0   0     1     1     0      9
why               v1.4.9          1     0    0       0  0   0     0     1     0      9
forget            rails, port     1     0    0       0  0   0     1     1     0     18
forget            v1.4.9          1     0    0       0  0   0     0     1     0     17
silence           rails, port     0     0    0       0  0   0     0     0     0      7
silence           v1.4.9          0     0    0       0  0   0     0     0     0      7
stopped midway    rails, port     1     0    0       0  1   1     1     1     1     19
stopped midway    v1.4.9          1     0    0       0  0   0     0     1     1     18
steered           rails, port     1     0    0       0  1   1     1     1     2     22
steered           v1.4.9          1     0    0       0  0   0     0     1     2     21
failed, bad key   rails, port     1     0    0       0  1   1     1     1     1     14
failed, bad key   v1.4.9          1     0    0       0  0   0     0     1     1     13
retried once      rails, port     1     0    0       0  1   1     2     1     2     20
retried once      v1.4.9          1     0    0       0  0   0     0     1     2     19
approval asked    rails, port     1     0    0       0  1   1     1     1     1     18
approval asked    v1.4.9          1     0    0       0  0   0     0     1     1     17
approval granted  rails, port     1     1    0       0  2   1     2     1     1     20
approval granted  v1.4.9          1     0    0       0  0   0     0     1     1     18
approval refused  rails, port     1     1    0       0  1   1     2     1     1     16
approval refused  v1.4.9          1     0    0       0  0   0     0     1     1     14
`

/** Where a column begins. */
const WHAT = 18
const WHERE = 30

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`on a Campfire of dialect ${dialect}, a turn of the kind`, () => {
    const world = useWorld(dialect)
    const assistant = useBotChanges()

    it.each(rowsOf(dialect))('$turn', async ({ turn, counts }) => {
      const kind = countedTurn(turn)
      if (kind.needsApproval) assistant({ approval: { boost: 'always' } })
      if (kind.bot) assistant(kind.bot)
      kind.meets?.(world)
      vi.spyOn(Math, 'random').mockReturnValue(0.5)
      if (dialect === 'v1.4.9') await world.isKnownToBeOld()
      await asks(world, (model) => model.says('Warm.'))
      await kind.before?.(world)

      const counted = counting(world, kind.room?.(world) ?? world.direct)
      await kind.turn(world)
      const { elsewhere, ...own } = counted()
      expect(own).toEqual(counts)
      expect(elsewhere).toBe(kind.elsewhere ?? 0)
    })

    it('is in the table, whatever its kind', () => {
      expect(rowsOf(dialect).map(({ turn }) => turn)).toEqual(
        KINDS.flatMap(({ counted }) => counted),
      )
    })
  })
}

/** Counts from now on, until it is called. */
function counting(world: World, room: { id: number }) {
  const { campfire, model, assistant } = world
  const asked: Record<string, number> = {}
  let others = 0
  const [rings, calls] = [campfire.notifications.length, model.prompts.length]
  world.fault = async ({ method, url }, when) => {
    const { origin } = new URL(url)
    if (when === 'before' && origin !== campfire.origin && !origin.includes('anthropic')) others++
    const thing = /\/(boosts|messages)(?:\/\d+)?$/.exec(new URL(url).pathname)?.[1]
    if (when !== 'before' || origin !== campfire.origin) return undefined
    asked[`${method} ${thing}`] = (asked[`${method} ${thing}`] ?? 0) + 1
    return undefined
  }
  bill.start()

  return () => {
    const posts = campfire.postsOf(assistant, room)
    const ids = new Set(posts.map(({ id }) => id))
    const times = (what: string) => asked[what] ?? 0
    return {
      posts: times('POST messages'),
      edits: times('PATCH messages') + times('PUT messages'),
      left: posts.at(-1)?.edits ?? 0,
      deletes: times('DELETE messages'),
      on: times('POST boosts'),
      off: times('DELETE boosts'),
      lists: times('GET messages'),
      rings: campfire.notifications.slice(rings).filter(({ messageId }) => ids.has(messageId))
        .length,
      calls: model.prompts.length - calls,
      writes: bill.written(),
      elsewhere: others,
    }
  }
}

function rowsOf(dialect: Dialect) {
  const [head = '', ...lines] = COUNTS.trim().split('\n')
  const names = head.slice(WHERE).trim().split(/ +/)
  return lines
    .map((line) => {
      const cells = line.slice(WHERE).trim().split(/ +/)
      const counts = Object.fromEntries(names.map((name, index) => [name, Number(cells[index])]))
      return { turn: line.slice(0, WHAT).trim(), where: line.slice(WHAT, WHERE), counts }
    })
    .filter(({ where }) => where.includes('all') || where.includes(dialect))
}
