import * as z from 'zod'
import { stored } from '../storage.ts'
import type { SessionRow } from '../tables/room/sessions.ts'
import type { Tables } from '../tables.ts'
import type { Preface } from './transcript.ts'

const Block = z.looseObject({ type: z.literal('compaction'), content: z.string().min(1) })

/** What stands before the turns that the model reads word for word. It changes at a compaction only. */
export function prefaceOf({ compactions }: Pick<Tables, 'compactions'>, row: SessionRow): Preface {
  const { pins, pins_before: pinsBefore, thinking_from: thinkingFrom } = row
  const always = { pins, pinsBefore, thinkingFrom }
  const compaction = row.compaction === null ? null : compactions.find(row.compaction)
  if (!compaction) return { ...always, summary: row.summary }

  const { id, model, summary, stubs_before } = compaction
  const block =
    compaction.block && stored(compaction.block, Block, { table: 'compactions', key: id })
  return {
    ...always,
    summary,
    signed: block ? { block, model } : null,
    stubsBefore: stubs_before,
  }
}
