import { NOTICES } from '../prompt.ts'
import { type Runtime, signTicket, ticketOf } from '../runtime.ts'
import type { Sentences } from '../sentences.ts'
import { isClaimed } from '../tables/room/message.ts'
import { whereaboutsIn } from '../tables/room/people/whereabouts.ts'
import type { Step } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { ASK_FOR_FILE } from '../tools.ts'

interface Answered {
  row: TurnRow
  steps: { all: Step[] }
  sentences(): Sentences
}

/**
 * How a file can be given to us, below the answer to whoever posted one or was asked for one. The same to the letter
 * however often it is made: by its words an answer is found again.
 */
export async function fileOffer(
  { facts, place }: Tables,
  { member }: Pick<Runtime, 'member'>,
  { row, steps, sentences }: Answered,
): Promise<string | null> {
  if (!wantsFile(row, steps.all) || isClaimed(row.asker)) return null
  const { offer, paste } = sentences().files
  const { worker } = whereaboutsIn(facts)
  if (!worker) return paste

  const { room, bot, url: campfire } = place
  const { asker, id: turn, started } = row
  const ticket = ticketOf({ room, bot, asker, turn, started })
  return offer(`${worker}/files/${await signTicket(ticket, { key: member.key, campfire })}`)
}

function wantsFile({ kind, verdict, sentence, prompt }: TurnRow, steps: Step[]) {
  if (kind !== 'talk' || verdict || sentence) return false
  const told = [prompt, ...steps.map(({ notice }) => notice)]
  const isPosted = told.some((words) => words?.includes(`<hint>${NOTICES.nameOnly}</hint>`))
  return isPosted || steps.some(({ uses }) => uses.some(({ name }) => name === ASK_FOR_FILE))
}
