import type { StoredFile } from '../tables/room/files.ts'
import type { Message } from '../tables/room/message.ts'
import type { Tables } from '../tables.ts'
import { linkedIn, type Unfetched } from './linked-files.ts'

/** What came with what a turn takes: through a link of ours, or by a link to Campfire that stands in it. */
export function filesGiven(tables: Tables, messages: Message[]): StoredFile[] {
  const dropped = messages.flatMap((message) => message.dropped ?? [])
  const found = dropped.flatMap((number) => tables.files.find(number) ?? [])
  return [...found, ...linkedIn(tables, messages)]
}

/** What the model is told of links that led to nothing. */
export function unfetchedIn(messages: Message[], unfetched: Unfetched) {
  const problems = messages.flatMap(({ id }) => (id === null ? [] : (unfetched.get(id) ?? [])))
  return [...new Set(problems)].map((problem) => `\n<hint>${HINTS[problem]}</hint>`).join('')
}

const AGAIN = 'Say so, and that a fresh link may help, or a link from you for dropping it.'
const HINTS: Record<Parameters<Unfetched['set']>[1][number], string> = {
  elsewhere: `A link to a file leads out of this Campfire, so it was not followed. ${AGAIN}`,
  refused: `Campfire did not give out a file that is linked. ${AGAIN}`,
  'too slow': `A file that is linked took too long to fetch. ${AGAIN}`,
  'not reached': `A file that is linked could not be fetched. ${AGAIN}`,
  file: 'A file that is linked has more than 25 MB, and was not taken. Say so.',
  room: 'A file that is linked was not taken: this room keeps 200 MB of files already. Say so, and offer to delete some.',
  files:
    'A file that is linked was not taken: this room keeps 100 files already. Say so, and offer to delete some.',
}
