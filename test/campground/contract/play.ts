import { bytesOf } from './bytes.ts'
import { doWhatCameBefore } from './deeds.ts'
import { type Facts, ourFacts, recordedFacts } from './facts.ts'
import type { Exchange } from './recording.ts'
import { ORIGIN, type RecordedTown } from './town.ts'

/** What was recorded, and what our Campfire answers to the same. */
export interface Played {
  recorded: Facts
  ours: Facts
}

export async function play(town: RecordedTown, exchange: Exchange): Promise<Played> {
  doWhatCameBefore(town, exchange)
  const { lastMessageId } = town.camp.messages.lastIds
  const answer = await town.camp.handle(requestOf(town, exchange))
  remember(town, exchange, answer)
  return {
    recorded: recordedFacts(exchange),
    ours: await ourFacts(answer, exchange, town.storedAfter(lastMessageId)),
  }
}

function requestOf(town: RecordedTown, exchange: Exchange) {
  const { method, path, headers } = exchange.request
  const { host, 'if-none-match': tag, 'transfer-encoding': _, ...others } = headers
  const origin = host === undefined ? ORIGIN : `http://${host}`
  const body = bytesOf(exchange, (text) => town.withOurSigns(text))
  return new Request(origin + path, {
    method,
    redirect: 'manual',
    ...(body && { body }),
    headers: { ...others, ...(tag && { 'if-none-match': town.tags.get(tag) ?? tag }) },
  })
}

// Each Campfire has tags of its own for what it answers.
function remember(town: RecordedTown, { response }: Exchange, answer: Response) {
  const [theirs, ours] = [response.headers.etag, answer.headers.get('etag')]
  if (theirs && ours) town.tags.set(theirs, ours)
}
