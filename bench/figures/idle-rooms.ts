import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { atRate } from '../rate.ts'
import { short } from '../statistics.ts'
import type { World } from '../world.ts'

const HOUR = 60 * 60_000
/** Ten seconds of quiet, and the platform lets an object go. */
const LET_GO = 14_000

/**
 * Rooms where somebody once asked something, an hour later: they have been looked at 1, 10 and 60 minutes
 * after it, and cost nothing any more. Nobody waits for an hour here: the rows are made older.
 */
export const idleRooms = {
  name: 'idle-rooms',
  title: 'Idle rooms: no alarms but expiry, no memory',
  async measure({ smoke, open, say }: Bench): Promise<Finding[]> {
    const rooms = smoke ? 30 : 10_000
    const world = await open({ inspect: true })
    const empty = await weigh(world)
    // While the last ones come, the first are looked at for the first time: that is twice as much to do.
    const perSecond = 30
    await atRate({ perSecond, seconds: rooms / perSecond }, (room) => world.says(room + 1, 'Hello'))
    const isWell = await world.allAnswered(120_000)
    const all = [...world.trails.values()]
    const answered = exactly(
      'answered, once',
      all.filter(({ answers }) => answers === 1).length,
      rooms,
    )
    const acknowledged = exactly(
      'acknowledged (204)',
      all.filter(({ status }) => status === 204).length,
      rooms,
    )
    if (!isWell) return [acknowledged, answered]
    say(`${rooms} rooms have talked`)
    await pause(smoke ? 500 : 2_000)
    const used = await weigh(world)
    await world.worker.kill()

    ageAll(world, smoke ? { fromMs: 500, overMs: 1_000 } : { fromMs: 5_000, overMs: 120_000 })
    const looked = world.campfire.asked['GET messages'] ?? 0
    await world.worker.start()
    const looks = () => (world.campfire.asked['GET messages'] ?? 0) - looked
    await until(smoke ? 20_000 : 300_000, () => looks() >= rooms)
    say('looked at for the last time')
    await pause(smoke ? 500 : LET_GO)
    const idle = await weigh(world)
    const alarms = alarmsIn(world)
    const soon = alarms.filter((time) => time < Date.now() + 2 * HOUR)
    const each = (idle.heap - empty.heap) / rooms
    return [
      acknowledged,
      answered,
      exactly('looked at for the last time, an hour later', looks(), rooms),
      exactly('rooms with an alarm: that of expiry', alarms.length, rooms),
      exactly('alarms that are not of expiry', soon.length, 0),
      atMost('heap that is left of each room', each, 100, {
        unit: ' bytes',
        numbers: { empty: empty.heap, idle: idle.heap },
      }),
      told(
        'heap',
        `${mebi(empty.heap)} before there was any, ${mebi(idle.heap)} when all sleep again`,
      ),
      told(
        'resident memory of workerd, fresh, after all talked, and idle',
        [empty, used, idle].map(({ resident }) => mebi(resident * 1_024)).join(', '),
      ),
    ]
  },
}

async function weigh({ worker }: World) {
  return { heap: await worker.heap(), resident: worker.residentKiB() }
}

/** What happened in each room happened an hour before its last look, which is due in a moment. */
function ageAll({ worker }: World, { fromMs, overMs }: { fromMs: number; overMs: number }) {
  const folder = folderOf(worker.storage, 'Room')
  const rooms = readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
  const alarms = new DatabaseSync(join(folder, 'metadata.sqlite'))
  const change = alarms.prepare('UPDATE _cf_ALARM SET scheduled_time = ? WHERE actor_id = ?')
  alarms.exec('BEGIN')
  for (const [index, name] of rooms.entries()) {
    // No two ring at once, as they would not after an hour of people talking.
    const due = Date.now() + fromMs + Math.round((index * overMs) / rooms.length)
    const room = new DatabaseSync(join(folder, name))
    room.exec(`UPDATE turns SET started = ${due - HOUR - 9_000}, ended = ${due - HOUR - 5_000}`)
    // workerd keeps an alarm in both places, and believes this one.
    room.exec(`UPDATE _cf_METADATA SET value = ${due}000000 WHERE key = 1`)
    room.close()
    change.run(BigInt(due) * 1_000_000n, name.replace('.sqlite', ''))
  }
  alarms.exec('COMMIT')
  alarms.close()
}

/** When they ring, in ms since 1970. */
function alarmsIn({ worker }: World) {
  const file = join(folderOf(worker.storage, 'Room'), 'metadata.sqlite')
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('SELECT scheduled_time / 1000000 AS at FROM _cf_ALARM').all()
  database.close()
  return rows.map(({ at }) => Number(at))
}

function folderOf(storage: string, name: string): string {
  const [found] = readdirSync(storage, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith(`-${name}`),
  )
  if (!found) throw new Error(`There is no storage of ${name}`)
  return join(storage, found)
}

async function until(ms: number, isSo: () => boolean) {
  for (const end = Date.now() + ms; !isSo() && Date.now() < end; await pause(50));
}

function mebi(bytes: number) {
  return `${short(bytes / 2 ** 20)} MiB`
}
