import type { Json } from './alike.ts'
import { PIXEL } from './kinds.ts'
import type { Webhook } from './recording.ts'
import { ORIGIN, type RecordedTown, WORK } from './town.ts'

/** What the bot answered to a delivery. */
export function answered(answer: NonNullable<Webhook['answer']>): Response {
  if (answer === 'connection closed') throw new TypeError('The connection was closed')
  const { status, body, location, 'content-type': type } = answer
  return new Response(bytesOf(body), {
    status,
    headers: { ...(type && { 'content-type': type }), ...(location && { location }) },
  })
}

// A text would bring a type of its own along.
function bytesOf(body: string | undefined) {
  if (body === undefined) return null
  return body === '1x1 PNG' ? PIXEL : new TextEncoder().encode(body)
}

/** What stands behind a message: by the list, of a Campfire that has one, else in the rows. */
export async function lookAt(town: RecordedTown, id: number): Promise<Json> {
  const { camp, recorder } = town
  if (camp.dialect !== 'rails') {
    const creator = { id: recorder.id, name: recorder.name }
    return town.storedAfter(id).map((row) => ({ ...row, creator }))
  }
  const list = `${ORIGIN}/rooms/${WORK}/${recorder.key}/messages?after=${id}`
  const answer = await camp.handle(new Request(list))
  const body: Json = await answer.json()
  return answer.ok ? body : { status: answer.status, body }
}
