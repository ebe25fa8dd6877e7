/** What Campfire shows for a bot on /account/bots, and all that is in it. */
export interface BotLine {
  /** The address of the Campfire. */
  url: string
  room: number
  key: string
}

type Reading = { line: BotLine } | { problem: string }

const LOOKS_LIKE = "curl -d 'Hello!' https://chat.example.com/rooms/1/3-AbC123dEf456/messages"

/** Never says again what stood there: it may be a key. */
export function readLine(said: string): Reading {
  const text = said.trim()
  const [, url, room, key] =
    /(https?:\/\/[^\s'"]+?)\/+rooms\/(\d{1,15})\/([1-9]\d{0,15}-[A-Za-z0-9]+)\/messages\b/.exec(
      text,
    ) ?? []
  if (url && room && key && URL.canParse(url) && Number(room) > 0) {
    return { line: { url, room: Number(room), key } }
  }
  return { problem: `${problemOf(text)} It looks like this:\n  ${LOOKS_LIKE}` }
}

function problemOf(text: string) {
  if (!text) return 'That is empty.'
  if (/^\d+-[A-Za-z0-9]+$/.test(text))
    return 'That is the key alone; I need the whole line that it stands in.'
  if (/\/account\/bots/.test(text))
    return 'That is the address of the page; I need a line that stands on it.'
  if (/\/rooms\/\d+\/?$/.test(text))
    return 'That is the address of a room; I need the line that Campfire shows for the bot.'
  if (/\/rooms\/\d+\/[^/\s]*\/messages/.test(text)) return 'There is no whole key of a bot in it.'
  if (/\/rooms\/\d+\/\d+-[A-Za-z0-9]+\b/.test(text)) return 'It is cut off: it ends in /messages.'
  if (/\/rooms\/\d+\/\d+-[A-Za-z0-9]+\/messages/.test(text))
    return 'There is no http:// or https:// in front.'
  return 'That is not the line that Campfire shows for a bot.'
}
