import { goesOn, showsBeginning } from './beginning.ts'
import { toHtml } from './html.ts'
import type { ListedMessage } from './message.ts'
import { fileNameOf } from './request.ts'
import { fingerprint, readHtml, userIdIn } from './text.ts'

const NOBODY: ReadonlyMap<string, string> = new Map()

/**
 * Whether a message in the room is what we meant to post: the same words, or the same file. Whom it
 * mentions is read off the message itself: whom we know may have changed since it was posted.
 * `people` names those whom it mentions by their sgid alone, as the Express port keeps it.
 */
export function isSame(
  listed: ListedMessage,
  meant: { file: string | null; body: string },
  people: ReadonlyMap<string, string> = NOBODY,
) {
  if (meant.file !== null) return listed.file === fileNameOf(meant.file)
  if (listed.file !== null) return false

  // The names that it bore then, or those that are known now: with the one a part of a name means
  // somebody, with the other nobody in particular.
  const mentioned = mentionedIn(listed.html, people)
  const seen = fingerprint(listed.html)
  return [mentioned, new Map([...people, ...mentioned])].some(
    (names) => fingerprint(toHtml(meant.body, names)) === seen,
  )
}

/** What `fingerprint` is of a message that we have posted, as far as these are the names that it mentions. */
export function fingerprintOfOurs(markdown: string, names: ReadonlyMap<string, string>) {
  return fingerprint(toHtml(markdown, names))
}

/** Whether it shows one of these texts as it looked while it grew. `began` is what it was created with. */
export function isBeginning(
  { html, file }: ListedMessage,
  { texts, began }: { texts: string[]; began: string | null },
) {
  if (file !== null) return false
  const people = mentionedIn(html, NOBODY)
  if (texts.some((text) => showsBeginning(html, text, people))) return true
  if (began === null) return false

  // The words of a call that was lost are nowhere: only how they began is known.
  const first = toHtml(began, people)
  return !texts.some((text) => showsBeginning(first, text, people)) && goesOn(html, first)
}

function mentionedIn(html: string, people: ReadonlyMap<string, string>) {
  const names = new Map([...people].map(([name, sgid]) => [userIdIn(sgid), name]))
  const found = new Map<string, string>()
  for (const { userId, sgid, name } of readHtml(html, 0).mentions) {
    const known = name ?? names.get(userId)
    if (known) found.set(known, sgid)
  }
  return found
}
