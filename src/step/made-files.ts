import { CampfireError, quiet } from '../campfire.ts'
import { log } from '../log.ts'
import { type FileFacts, type FileTrouble, filesMadeIn, type ModelFiles } from '../model.ts'
import { alone, type Beside, type ReplyNeeds } from '../reply.ts'
import type { Voice } from '../sentences.ts'
import { answersIn } from '../tables/room/answers.ts'
import type { MadeFile, MadeOutcome } from '../tables/room/files/made.ts'
import type { Step } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import { madeByCode } from '../tools.ts'
import type { TimeLimit } from './time-limit.ts'

const MOST_IN_A_TURN = 5
/** So many are even looked at. */
const MOST_TRIED = 10
/** Then it is given up: the answer waits for it. */
const TRIES = 3
/** Less than this is for the answer itself. */
const TIME_FOR_A_TRY = 60_000

export type MadeNeeds = Pick<
  ReplyNeeds,
  'campfire' | 'change' | 'hasHeard' | 'now' | 'ref' | 'row'
> & {
  steps: { all: Step[] }
  beside: Pick<Beside, 'attach' | 'attached'>
  modelFiles: Pick<ModelFiles, 'facts' | 'download'>
  /** Until its limit. */
  time: Pick<TimeLimit, 'left'>
}

/** Of what code has made in this turn the first of which nothing has become yet. Null: there is none. */
export function nextMade({ steps, row }: { steps: { all: Step[] }; row: Pick<TurnRow, 'made'> }) {
  const answers = answersIn(steps.all)
  // What the model was at when it declined is for nobody.
  if (answers.at(-1)?.stop === 'refusal') return null
  const known = new Set(row.made?.map(({ id }) => id))
  const made = answers.flatMap(({ content }) => filesMadeIn(content))
  return made.find((id) => !known.has(id)) ?? null
}

/**
 * Attaches one of the files that code has made, as a tool attaches one: its intent is a note of its turn, known by
 * the API's name for the file, so that it stands once whatever crashes. What becomes of it is written in its turn; a
 * file that cannot be had is tried again, and then named behind the answer.
 */
export async function attachMade(turn: MadeNeeds) {
  const { row, ref } = turn
  const id = nextMade(turn)
  if (id === null) return
  const fate = await attached(turn, id)
  if (row.stopped_by) return
  log.info('file.made', { ...ref, outcome: fate.outcome })
  const isMended = row.failures > 0 && { failures: 0, failing_since: null, outage: null }
  turn.change({ made: [...(row.made ?? []), { id, ...fate }], ...isMended })
}

/** What is not in the room of it, in one sentence. Null: all of it is. */
export function leftOfMade(turn: { row: Pick<TurnRow, 'made'> } & Voice) {
  const { made } = turn.row
  if (!made?.length) return null
  const { made: say } = turn.sentences.serverTools
  const left = made.flatMap(({ name, outcome }) =>
    outcome === 'attached' ? [] : [`${name ? quiet(name) : say.unnamed} – ${say.why[outcome]}`],
  )
  // Of those that were too many nobody knows more than that.
  return left.length ? say.left([...new Set(left)].join('; ')) : null
}

type Fate = Pick<MadeFile, 'name' | 'outcome'>

async function attached(turn: MadeNeeds, id: string): Promise<Fate> {
  const { beside, modelFiles, row } = turn
  // One that came before a crash need not be fetched again.
  const standing = await beside.attached(id)
  if (standing) return { name: standing.name, outcome: outcomeOf(standing) }
  const made = row.made ?? []
  const isFull = made.filter(({ outcome }) => stands(outcome)).length >= MOST_IN_A_TURN
  if (isFull || made.length >= MOST_TRIED) return { name: null, outcome: 'many' }

  const facts = await modelFiles.facts(id)
  if (typeof facts === 'string') return without(turn, facts, null)
  const bytes = await modelFiles.download(id, facts)
  if (typeof bytes === 'string') return without(turn, bytes, facts)
  const taken = made.flatMap(({ name }) => name ?? [])
  const file = madeByCode({ name: facts.name, bytes }, taken)
  if (!file) return { name: facts.name, outcome: 'kind' }
  // While it came somebody has said stop: then nothing more is posted, and nothing written of it.
  if (row.stopped_by) return { name: file.name, outcome: 'lost' }
  try {
    const how = await alone(turn, () => beside.attach(file, id))
    return { name: file.name, outcome: outcomeOf(how) }
  } catch (error) {
    // Campfire is there, and this is what it does not take: it would keep the answer waiting for a day.
    if (!(error instanceof CampfireError) || !error.isAlone) throw error
    return { name: file.name, outcome: error.uncertain ? 'unsure' : 'refused' }
  }
}

function without({ row, time }: MadeNeeds, trouble: FileTrouble, facts: FileFacts | null): Fate {
  const mayWait = row.failures < TRIES - 1 && time.left() > TIME_FOR_A_TRY
  if (trouble === 'away' && mayWait && !row.stopped_by)
    throw new Error('A file that code has made could not be fetched')
  return { name: facts?.name ?? null, outcome: trouble === 'large' ? 'large' : 'lost' }
}

function outcomeOf({ how }: Awaited<ReturnType<Beside['attach']>>): MadeOutcome {
  return how === 'unsure' ? 'unsure' : 'attached'
}

/** It is in the room, or may be. */
function stands(outcome: MadeOutcome) {
  return outcome === 'attached' || outcome === 'unsure'
}
