import { sgidOf } from '../../campground/sgid.ts'
import type { Day } from '../day.ts'
import { bill } from '../worker.ts'

type Place = Day['objects'][number]

const ENDS = new Set(['replied', 'silent', 'stopped', 'failed', 'parked'])

/** What was said to a bot, and by how many turns each of it was taken; and turns without their end. */
export async function takenMessages({ world, transcript }: Day, { room, bot }: Place) {
  const ours = [world.assistant.id, world.analyst.id]
  const isDirect = world.campfire.rooms.get(room.id).type === 'direct'
  const said = transcript
    .in(room)
    .filter(({ creator }) => !ours.includes(creator.id))
    .filter(({ html }) => isDirect || html?.includes(sgidOf(bot.id)))
    .map(({ id }) => `${id}: once`)
  const rows = await world.rows(
    `SELECT messages.id, count(turns.id) AS turns FROM messages
     LEFT JOIN turns ON turns.id = messages.turn GROUP BY arrival ORDER BY messages.id`,
    room,
    bot,
  )
  const turns = await world.rows('SELECT id, state, ended FROM turns', room, bot)
  return {
    said,
    taken: rows.map(({ id, turns }) => `${id}: ${turns === 1 ? 'once' : turns}`),
    ends: turns.filter(({ state, ended }) => ended === null || !ENDS.has(String(state))),
  }
}

/** What a bot has in a room that no reply and no tool of a turn has put there, or more than once. */
export async function strayPosts({ world }: Day, { room, bot }: Place) {
  const replies = await world.rows('SELECT message FROM replies WHERE message > 0', room, bot)
  const results = await world.rows('SELECT result FROM tool_uses', room, bot)
  const files = results.map(({ result }) => /"message_id":(\d+)/.exec(String(result))?.[1])
  const ids = [...replies.map(({ message }) => message), ...files].filter(Boolean).map(Number)
  const posts = world.campfire.postsOf(bot, room).map(({ id }) => id)
  return posts.filter((id) => ids.filter((one) => one === id).length !== 1)
}

export async function openWork({ world }: Day, { room, bot }: Place) {
  const count = async (table: string) => {
    const [row] = await world.rows(`SELECT count(*) AS n FROM ${table}`, room, bot)
    return Number(row?.n)
  }
  const wakes = await world.wakesIn(room, bot)
  return {
    turns: await count('turns WHERE ended IS NULL'),
    messages: await count('messages WHERE turn IS NULL'),
    due: wakes !== null && wakes <= 0,
  }
}

/** As Markdown: what the day took. */
export async function totalsOf(day: Day) {
  const { world, transcript, asked, objects } = day
  const turns: Record<string, unknown>[] = []
  let [calls, input, cached, output] = [0, 0, 0, 0]
  for (const { room, bot } of objects) {
    turns.push(...(await world.rows('SELECT kind, state, tier, reason FROM turns', room, bot)))
    const usages = await world.rows('SELECT kind, usage FROM steps', room, bot)
    for (const { kind, usage } of usages) {
      const used = JSON.parse(String(usage ?? '{}')) as Record<string, number | null>
      if (kind !== 'approved') calls++
      input += (used.input_tokens ?? 0) + (used.cache_creation_input_tokens ?? 0)
      cached += used.cache_read_input_tokens ?? 0
      output += used.output_tokens ?? 0
    }
  }
  const bots = new Set(objects.map(({ bot }) => bot.id))
  const posts = new Set(
    [...transcript.said.values()].filter(({ creator }) => bots.has(creator.id)).map(({ id }) => id),
  )
  const rings = world.campfire.notifications.filter(({ messageId }) => posts.has(messageId))
  const requests = Object.entries(asked).sort(([a], [b]) => a.localeCompare(b))
  const lines = [
    `messages: ${transcript.said.size}, of them ${posts.size} by our bots, which rang ${rings.length} phones`,
    ...(['state', 'tier', 'kind', 'reason'] as const).map(
      (what) => `turns by ${what}: ${counted(turns.map((turn) => String(turn[what])))}`,
    ),
    ...requests.map(([what, times]) => `${what}: ${times}`),
    `model calls: ${calls}; tokens in ${input} and ${cached} cached, out ${output}`,
    `billed writes: ${bill.written()}`,
  ]
  return lines.map((line) => `- ${line}`).join('\n')
}

function counted(names: string[]) {
  const groups = Map.groupBy(names, (name) => name)
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b))
  return sorted.map(([name, all]) => `${name} ${all.length}`).join(', ')
}
