import { type DownloadProblem, download, fileLinksIn } from '../campfire.ts'
import { log } from '../log.ts'
import type { Runtime } from '../runtime.ts'
import type { Full, StoredFile } from '../tables/room/files.ts'
import { isClaimed, type Message } from '../tables/room/message.ts'
import type { Tables } from '../tables.ts'
import { Arriving } from './linked-files/arriving-file.ts'

const MOST_IN_A_TURN = 8
/** Nobody waits longer for an answer because files come slowly, however many. */
const LONGEST = 60_000

/** Links of which nothing came, and why: by the message that they stand in. */
export type Unfetched = Map<number, (DownloadProblem | Full)[]>

/**
 * Fetches what is linked in messages that wait, before a turn takes them. It only looks, so no row comes before it;
 * what is there already after a crash is not fetched again.
 */
export async function fetchLinked(tables: Tables, { quota }: Pick<Runtime, 'quota'>) {
  const unfetched: Unfetched = new Map()
  const seen = new Set<number>()
  let left = MOST_IN_A_TURN
  const until = tables.now() + LONGEST
  // Meanwhile more may come, and the turn takes that too.
  for (let fresh = unseen(); fresh.length; fresh = unseen()) {
    for (const message of fresh) {
      seen.add(message.arrival)
      for (const link of linksIn(message)) {
        if (left-- <= 0) break
        const problem = await fetchOne(tables, quota, { message, link, until })
        if (problem) fail(message, problem)
      }
    }
  }
  return unfetched

  function unseen() {
    return tables.inbox.withLinks(tables.now()).filter(({ arrival }) => !seen.has(arrival))
  }

  /** Of whoever is surely there, and not fetched yet. */
  function linksIn(message: Message) {
    if (message.id === null || isClaimed(message.author)) return []
    const known = linkedIn(tables, [message]).length
    return fileLinksIn(message.text, tables.service.address).slice(known)
  }

  function fail({ id }: Message, problem: DownloadProblem | Full) {
    if (id === null) return
    log.warn('file.not_fetched', { ...tables.place, message: id, problem })
    unfetched.set(id, [...(unfetched.get(id) ?? []), problem])
  }
}

/** What was fetched for these. */
export function linkedIn(
  { files, service }: Pick<Tables, 'files' | 'service'>,
  messages: Message[],
): StoredFile[] {
  const linking = messages.filter(({ text }) => fileLinksIn(text, service.address).length > 0)
  const ids = new Set(linking.flatMap(({ id }) => id ?? []))
  if (!ids.size) return []
  const theirs = files
    .list()
    .filter(({ origin, message }) => origin === 'linked' && ids.has(message ?? 0))
  return theirs.reverse()
}

export function hasFileLink({ service }: Pick<Tables, 'service'>, { text }: Pick<Message, 'text'>) {
  return fileLinksIn(text, service.address).length > 0
}

async function fetchOne(
  { files, service, now }: Tables,
  quota: Runtime['quota'],
  { message: { id, author }, link, until }: { message: Message; link: string; until: number },
): Promise<DownloadProblem | Full | null> {
  const file = { author, origin: 'linked' as const, at: now(), message: id, turn: null }
  const arriving = new Arriving(files)
  const problem = await download(link, {
    campfire: service.address,
    fetch: quota.fetch,
    within: until - now(),
    to: (name) => arriving.begin({ ...file, name }),
  })
  return await arriving.end(problem)
}
