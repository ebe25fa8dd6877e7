import { spelledTime } from '../../clock.ts'
import { moment } from './room-words.ts'

interface RoomNamed {
  room: number
  name?: string | null
  direct?: boolean
}

/** A room as people call it; one without a name is a direct, or nobody has told. */
export function roomTitle({ room, name = null, direct = false }: RoomNamed) {
  if (name?.trim()) return name
  return direct ? `Direct conversation ${room}` : `Room ${room}`
}

/** Where a bot in a room has its page. */
export function roomPath(room: number, botName: string) {
  return `/rooms/${room}/${encodeURIComponent(botName)}`
}

/** A bot whose key is gone has none. */
export function RoomLink({ botName, ...room }: RoomNamed & { botName: string | null }) {
  const title = roomTitle(room)
  return botName === null ? (
    <span>{title}</span>
  ) : (
    <a href={roomPath(room.room, botName)}>{title}</a>
  )
}

export function botTitle({ bot, botName }: { bot: number; botName: string | null }) {
  return botName ?? `user ${bot}, no longer in BOT_KEYS`
}

export function Moment({ at, zone }: { at: string; zone?: string }) {
  return (
    <time datetime={at}>{zone === undefined ? moment(at) : spelledTime(Date.parse(at), zone)}</time>
  )
}

/** What a bot goes by, or went by. */
export function VersionLink({ name, source }: { name: string; source: 'file' | number }) {
  const says = source === 'file' ? 'as its file says' : `version ${source}`
  return <a href={`/bots/${encodeURIComponent(name)}/versions/${source}`}>{says}</a>
}
