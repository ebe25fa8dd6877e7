import { quiet } from '../campfire.ts'
import { MIME, MOST_BYTES_OF_A_PDF } from '../files.ts'
import { log } from '../log.ts'
import type { ModelFiles } from '../model.ts'
import { isHanded } from '../prompt.ts'
import type { Voice } from '../sentences.ts'
import type { Files, StoredFile } from '../tables/room/files.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { AskNeeds, TakeNeeds } from './needs.ts'
import type { TimeLimit } from './time-limit.ts'

/** Then the turn goes on without. */
const TRIES = 2
/** Less than this is for the answer itself. */
const TIME_FOR_A_TRY = 60_000

export type HandNeeds = Pick<TakeNeeds, 'bot' | 'model' | 'now'> &
  Pick<AskNeeds, 'change' | 'ref'> & {
    row: TurnRow
    files: Pick<Files, 'find' | 'source' | 'uploads'>
    modelFiles: Pick<ModelFiles, 'upload'>
    /** Until its limit. */
    time: Pick<TimeLimit, 'left'>
    /** What this address does not take is left out for a day. */
    doWithout(field: string | null): boolean
  }

type Given = Pick<HandNeeds, 'bot' | 'files' | 'model' | 'row'>

/** Of the files that came with this turn the next that the API is still to be handed. Null: there is none. */
export function nextToHand({ row, bot, files, model }: Given): StoredFile | null {
  if (row.kind !== 'talk' || !row.files || row.remedy) return null
  const without = model.without(row.model ?? bot.model)
  for (const number of row.files) {
    const file = files.find(number)
    if (!file || !isHanded(file, { bot, without })) continue
    const upload = files.uploads.find(number, row.session)
    if (!upload || upload.state === 'sending') return file
  }
  return null
}

/**
 * Hands one of them over, once in a session: a row says so before, and what it is called there after that. What a
 * death has lost on the way is handed over again; the other ends there by itself.
 */
export async function handOver(turn: HandNeeds) {
  const { row, files, ref } = turn
  const file = nextToHand(turn)
  if (!file) return
  const upload = { file: file.number, session: row.session, turn: row.id }
  files.uploads.begin(upload)
  const { bytes, read } = files.source(file)
  const sent = await turn.modelFiles.upload(
    { name: file.name, type: MIME[file.kind], bytes, read },
    turn.now(),
  )
  log.info('file.handed', {
    ...ref,
    file: file.number,
    trouble: typeof sent === 'string' ? sent : null,
  })
  if (typeof sent !== 'string') {
    files.uploads.end(upload, sent)
    if (row.failures) turn.change({ failures: 0, failing_since: null })
    return
  }
  if (row.stopped_by) return
  const mayWait = row.failures < TRIES - 1 && turn.time.left() > TIME_FOR_A_TRY
  if (sent === 'away' && mayWait) throw new Error('A file could not be handed to the model')
  files.uploads.refuse(upload)
  if (sent === 'none') turn.doWithout('files')
  if (row.failures) turn.change({ failures: 0, failing_since: null })
}

/** What the turn had to do without since it could not be handed over, in one sentence. Null: nothing. */
export function notHanded(turn: Pick<HandNeeds, 'bot' | 'files' | 'row'> & Voice) {
  const { row, bot, files } = turn
  const names = (row.files ?? []).flatMap((number) => {
    const file = files.find(number)
    const upload = files.uploads.find(number, row.session)
    const isOfThis = upload?.state === 'refused' && upload.turn === row.id
    // A smaller PDF was shown all the same.
    const isMissed = bot.serverTools.code || Number(file?.bytes) > MOST_BYTES_OF_A_PDF
    return file && isOfThis && isMissed ? [quiet(file.name)] : []
  })
  return names.length ? turn.sentences.serverTools.notHanded(names.join(', ')) : null
}
