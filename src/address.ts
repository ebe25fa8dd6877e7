/** Where a room is: which Campfire, which room of it, and which of our bots. */
export interface Place {
  url: string
  room: number
  bot: number
}

/** The object's own name says all that it needs to know, also when only its alarm woke it. */
export function nameOf({ url, room, bot }: Place) {
  return `${url.replace(/\/+$/, '')}/rooms/${room}/bots/${bot}`
}

/** Names a turn to people; the log has it too. */
export function referenceOf({ bot, room }: Place, { id }: { id: number }) {
  return `${bot}-${room}-${id}`
}

export function placeOf(name: string | undefined): Place {
  const parts = /^(.*)\/rooms\/(\d+)\/bots\/(\d+)$/.exec(name ?? '')
  if (!parts?.[1]) throw new Error('A room must be reached by its name.')
  return { url: parts[1], room: Number(parts[2]), bot: Number(parts[3]) }
}
