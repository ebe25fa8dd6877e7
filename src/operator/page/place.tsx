import { spelledTime, timeOf } from '../../clock.ts'

/** A room as people call it; one without a name is a direct, or nobody has told. */
export function roomTitle({
  room,
  name,
  direct = false,
}: {
  room: number
  name: string | null
  direct?: boolean
}) {
  return name ?? (direct ? `Direct ${room}` : `Room ${room}`)
}

export function botTitle({ bot, botName }: { bot: number; botName: string | null }) {
  return botName ?? `user ${bot}, no longer in BOT_KEYS`
}

export function Moment({ at, zone }: { at: string; zone?: string }) {
  const ms = Date.parse(at)
  return <time datetime={at}>{zone === undefined ? timeOf(ms) : spelledTime(ms, zone)}</time>
}
