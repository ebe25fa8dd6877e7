import { DAY, MINUTE } from '../clock.ts'
import { log } from '../log.ts'
import type { ModelFiles } from '../model.ts'
import type { Upload } from '../tables/room/files/uploads.ts'
import type { Tables } from '../tables.ts'
import type { Quota } from './quota.ts'

const MOST_AT_ONCE = 8
/** It ends there by itself in the end; until then whoever refuses is asked again now and then. */
const MOST_TRIES = 12

/** Deletes at the API what was handed to it and is gone here, or whose session is over. */
export async function deleteLeaving(
  { files: { uploads }, place, now }: Pick<Tables, 'files' | 'now' | 'place'>,
  { quota, files }: { quota: Quota; files: Pick<ModelFiles, 'remove'> },
) {
  const due = uploads.nextDue()
  if (due === null || due > now()) return
  for (const upload of uploads.leaving(now(), MOST_AT_ONCE)) {
    if (quota.isOver()) return
    const trouble = upload.id === null ? null : await files.remove(upload.id)
    const isOver = trouble === null || upload.tries + 1 >= MOST_TRIES || hasEnded(upload, now())
    if (isOver) uploads.isGone(upload)
    else uploads.tryAgain(upload, now() + Math.min(MINUTE * 2 ** upload.tries, DAY))
    const ref = { room: place.room, bot: place.bot, file: upload.file }
    if (trouble) log.warn('file.not_deleted_there', { ...ref, trouble, given_up: isOver })
  }
}

function hasEnded({ until }: Upload, now: number) {
  return until !== null && until <= now
}
