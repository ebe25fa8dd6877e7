import { type Abilities, Campfire, CampfireError } from '../../src/campfire.ts'

export const KEY = '3-7876b7cdc3d5'
export const ROOM = 'https://chat.example.com/rooms/1/3-7876b7cdc3d5/messages'

export type Reply = () => Response | Promise<Response>

/** A network with one answer to everything, that remembers what it was asked. */
export function network(reply: Reply) {
  const asked: Request[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push(new Request(input, init))
    return await reply()
  }
  const abilities: Abilities = {}
  // Whether one page is believed is not for it to say.
  const learn = (ability: keyof Abilities, can: boolean) => {
    abilities[ability] = can
  }
  const place = { url: 'https://chat.example.com', room: 1, key: KEY, fetch, abilities, learn }
  return { campfire: new Campfire(place), asked, place }
}

export function answer(
  status: number,
  body: unknown = null,
  headers: Record<string, string> = {},
): Reply {
  const text = body === null || typeof body === 'string' ? body : JSON.stringify(body)
  return () => new Response(text, { status, headers })
}

/** A message as the Express port lists it; changed where a test says so. */
export function listed(id: number, changes: object = {}) {
  return {
    id,
    created_at: '2026-11-20T21:36:02.047Z',
    body: { plain_text: 'hi', html: '<div class="lexxy-content"><div>hi</div></div>' },
    creator: { id: 1, name: 'Ada Admin', role: 'administrator', avatar_url: 'https://x/y' },
    room: { id: 1 },
    ...changes,
  }
}

export const BOOST = { id: 9, content: '👀', booster: { id: 3 }, message: { id: 7 } }

export const CALLS = {
  post: (campfire: Campfire) => campfire.post('a secret plan'),
  attach: (campfire: Campfire) => campfire.attach({ name: 'a.csv', type: 'text/csv', body: '1' }),
  list: (campfire: Campfire) => campfire.list(),
  before: (campfire: Campfire) => campfire.list({ before: 7 }),
  edit: (campfire: Campfire) => campfire.edit(7, 'a secret plan'),
  boost: (campfire: Campfire) => campfire.boost(7, '👀'),
  delete: (campfire: Campfire) => campfire.delete(7),
  unboost: (campfire: Campfire) => campfire.unboost(7, 9),
}
export type Call = keyof typeof CALLS

export async function failure(call: Call, reply: Reply) {
  const error = await CALLS[call](network(reply).campfire).then(
    () => null,
    (error: unknown) => error,
  )
  if (error !== null && !(error instanceof CampfireError)) throw error
  return error
}
