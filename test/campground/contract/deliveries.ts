import { alike, type Json, tidy, withoutSigns } from './alike.ts'
import { answered, lookAt } from './answers.ts'
import type { Webhook } from './recording.ts'
import { say } from './saying.ts'
import type { RecordedTown } from './town.ts'

interface Delivered {
  requests: { path: string; headers: Json; body: string }[]
  /** What is in the room behind what was said. */
  after: Json
}

/** Says what was said, answers what the bot answered, and looks at what came of both. */
export async function deliver(town: RecordedTown, webhook: Webhook) {
  const { what, answer } = webhook
  const said = town.camp.messages.lastIds.lastMessageId + 1
  if (/^renamed bot/.test(what)) town.camp.change(town.recorder, { name: 'Renamed Bot' })
  if (answer) town.answer = async () => answered(answer)
  town.isLate = typeof answer === 'object' && answer.after_ms !== undefined

  await say(town, webhook)
  const sent = await town.delivers()
  const after = answer ? await lookAt(town, said) : null
  // Nobody could read the room any more.
  if (/malformed/.test(what)) town.camp.deleteMessage(said + 1)

  const recorded = recordedOf(webhook)
  return { recorded, ours: likeRecorded({ requests: sent.map(toldOf), after }, recorded) }
}

function recordedOf({ request, requests, room_after, stored_after }: Webhook): Delivered {
  const all = requests ?? (request ? [request] : [])
  const told = all.map(({ path, headers, body }) => ({ path, headers: new Headers(headers), body }))
  return { requests: told.map(toldOf), after: tidy(room_after ?? stored_after ?? null) }
}

interface Sent {
  path: string
  headers: Headers
  body: string
}

// `Host` and `Connection` are not for us to set, and the length is that of the pictures' addresses.
function toldOf({ path, headers, body }: Sent) {
  const names = ['content-type', 'accept', 'accept-encoding', 'user-agent']
  const told = Object.fromEntries(names.map((name) => [name, headers.get(name)]))
  const length = headers.has('content-length') ? 'given' : null
  return { path, headers: { ...told, 'content-length': length }, body: withoutSigns(body) }
}

function likeRecorded({ requests, after }: Delivered, recorded: Delivered): Delivered {
  const cut = requests.map((request, n) => {
    const body = alike(request.body, recorded.requests[n]?.body ?? null)
    return { ...request, body: String(body) }
  })
  return { requests: cut, after: alike(tidy(after), recorded.after) }
}
