import { env, exports } from 'cloudflare:workers'
import { expect } from 'vitest'
import app from '../../src/index.ts'
import { useLogWithout } from '../support/log.ts'
import { useWorld } from '../support/world.ts'

export const HOME = 'https://firekeeper.example.com'

export const KEY = '3-7876b7cdc3d5'

export const ANALYST = '7-XyZ789abcdef'

export const SECRET = 'open-sesame'

/** Stands in every text that anybody sends here, so that one look finds it where it must not be. */
export const WORD = 'swordfish'

interface Changes {
  room?: object
  user?: object
  id?: unknown
  text?: string
  body?: object
}

/** What Campfire posts when David says hello to the assistant in the watercooler. */
export function ours({
  room,
  user,
  id = 900,
  text = `${WORD} hello`,
  body = words(text),
}: Changes = {}) {
  return {
    user: { id: 1, name: 'David', ...user },
    room: { id: 1, name: 'Watercooler', path: `/rooms/1/${KEY}/messages`, ...room },
    message: { id, body, path: '/rooms/1/@900' },
  }
}

/** The older shape, as in the example of the README. */
export function flat(changes: object = {}) {
  return {
    creator: { id: 1, name: 'Test' },
    room: { id: 1, name: 'Test Room' },
    content: `${WORD} hello`,
    ...changes,
  }
}

export function words(text: string) {
  return { html: `<div>${text}</div>`, plain: text }
}

export function send(payload: unknown, path = '/webhook', changes: object = {}) {
  return post(path, typeof payload === 'string' ? payload : JSON.stringify(payload), changes)
}

/** Whatever we answer to a POST has neither body nor content type. */
export async function post(path: string, body: string, changes: object = {}) {
  const answer = await through(new Request(`${HOME}${path}`, { method: 'POST', body }), changes)
  await isBare(answer)
  return answer
}

/** With other settings than the configured ones we go in by the app; else by the Worker. */
export async function through(request: Request, changes: object = {}) {
  const isChanged = Object.keys(changes).length > 0
  return isChanged
    ? await app.fetch(request, { ...env, ...changes })
    : await exports.default.fetch(request)
}

export async function isBare(answer: Response) {
  expect(answer.headers.has('content-type')).toBe(false)
  expect(await answer.clone().text()).toBe('')
}

export function guarded() {
  return { WEBHOOK_SECRET: SECRET }
}

export function OURS() {
  return `assistant=${KEY},analyst=${ANALYST}`
}

export function crash(): never {
  throw new Error('boom')
}

export function broken(receive: () => unknown) {
  return { getByName: () => ({ receive }) }
}

/** A world in which nothing that is hidden is ever logged, and what there is to ask of it. */
export function useDeliveries() {
  const world = useWorld()
  const logged = useLogWithout(SECRET, WORD)

  return { world, logged, answersOnce, ids, lines }

  async function answersOnce(behind = '') {
    world.model.says('Hello, David.')
    await world.rings()
    expect(world.answers()).toEqual([`Hello, David.${behind}`])
  }

  async function ids(bot: { id: number }, where = 'true', room = world.watercooler) {
    const rows = await world.rows(`SELECT id FROM messages WHERE ${where}`, room, bot.id)
    return rows.map(({ id }) => id)
  }

  function lines(): { level: string; event: string }[] {
    return logged.map((line) => JSON.parse(line))
  }
}
