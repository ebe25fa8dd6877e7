/** A delivery names its author, its room and its message before what was said, in so many characters. */
const MOST = 64 * 1024

/**
 * The delivery without its words, of either shape. Null where the text begins like none; inside of JSON no quote is
 * bare.
 */
export function envelopeIn(text: string) {
  const beginning = text.slice(0, MOST)
  return ownIn(beginning) ?? flatIn(beginning)
}

function ownIn(beginning: string) {
  const path = /"path":"(\/rooms\/(\d+)\/\d+-[A-Za-z0-9]+\/messages)"/.exec(beginning)
  const user = /"user":\{"id":(\d+),"name":("(?:[^"\\]|\\.){0,1000}")/.exec(beginning)
  const message = /"message":\{"id":(\d+),/.exec(beginning)
  const name = /"room":\{"id":\d+,"name":(null|"(?:[^"\\]|\\.){0,1000}")/.exec(beginning)
  if (!path || !user || !message) return null

  return {
    user: { id: Number(user[1]), name: parsed(user[2]) },
    room: { id: Number(path[2]), name: parsed(name?.[1]), path: path[1] },
    message: { id: Number(message[1]), body: { html: '', plain: '' } },
  }
}

/** Written by hand or by a script of anybody's: with spaces, and in any order. */
function flatIn(beginning: string) {
  const author = namedIn(beginning, 'creator') ?? namedIn(beginning, 'user')
  const room = namedIn(beginning, 'room')
  return author && room && { creator: author, room, content: '' }
}

/** What has a number and perhaps a name, the number first. */
function namedIn(beginning: string, what: 'creator' | 'room' | 'user') {
  const NAME = '\\s*,\\s*"name"\\s*:\\s*(null|"(?:[^"\\\\]|\\\\.){0,1000}")'
  const found = new RegExp(`"${what}"\\s*:\\s*\\{\\s*"id"\\s*:\\s*(\\d+)(?:${NAME})?`).exec(
    beginning,
  )
  return found && { id: Number(found[1]), name: parsed(found[2]) }
}

function parsed(json = 'null'): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
