import { Campground, type Options } from './campground.ts'

export const TEXT = { 'content-type': 'text/plain; charset=utf-8' }

interface Delivered {
  user: { id: number; name: string }
  room: { id: number; name: string | null; path: string }
  message: { id: number; body: { html: string | null; plain: string }; path: string }
}

export function settle(options: Partial<Options> = {}) {
  const sent: { request: Request; payload: Delivered }[] = []
  let answer: () => Promise<Response> = async () => new Response(null, { status: 204 })
  const camp = new Campground({
    origin: 'https://chat.example.com',
    dialect: 'rails',
    now: () => Date.parse('2026-11-20T21:32:49.141Z'),
    wait: () => new Promise(() => {}),
    send: async (request) => {
      sent.push({ request, payload: await request.clone().json() })
      return answer()
    },
    ...options,
  })
  const ada = camp.addPerson('Ada', 'administrator')
  const david = camp.addPerson('David')
  const robo = camp.addBot('Robo', { id: 3, token: '7876b7cdc3d5', webhook: 'https://bot/hook' })
  const other = camp.addBot('Other Bot', { webhook: 'https://other/hook' })
  const talk = camp.addRoom('All Talk', [], { type: 'open' })
  const direct = camp.addDirect([ada, robo])

  const call = (method: string, path: string, body?: BodyInit, headers: HeadersInit = TEXT) =>
    camp.handle(
      new Request(`https://chat.example.com/rooms/${path}`, {
        method,
        redirect: 'manual',
        ...(body === undefined ? {} : { body, headers }),
      }),
    )
  const base = `${talk.id}/${robo.key}/messages`
  const answers = (next: () => Response | Promise<Response>) => {
    answer = async () => next()
  }
  return { camp, ada, david, robo, other, talk, direct, sent, call, base, answers }
}
