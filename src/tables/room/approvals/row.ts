import * as z from 'zod'
import { isNew, readOnce, stored } from '../../../storage.ts'

/** A tool use that waits for somebody's yes: what will be run, exactly, and once. */
export interface Approval {
  id: number
  /** The turn that asked for it, and whose asker wanted it done. */
  turn: number
  asker: number
  /** Who may say yes beside the asker: those whom the request names. Null: an older version has not kept it. */
  approvers: number[] | null
  tool: string
  input: unknown
  /** What people keep and would lose by it, in its own words. Null: nothing. */
  goes: string[] | null
  state: 'waiting' | Outcome
  asked: number
  /** When its turn was over: from then on it stands. Null: the turn may still bring it into the room. */
  since: number | null
}

/** `withdrawn`: its asker went on to something else, or the conversation that it was part of is over. */
export type Outcome = 'granted' | 'refused' | 'withdrawn' | 'expired'

/** Of so many of the newest anything is asked: no room has more that wait. */
export const NEWEST = 'id > (SELECT max(id) FROM approvals) - 200'

/** Most rooms never have one. */
export function areNone(sql: SqlStorage) {
  if (isNew(sql)) return true
  const any = () => sql.exec('SELECT 1 FROM approvals LIMIT 1').toArray()
  return !readOnce(sql, ['approvals'], 'any approval', any).length
}

/** These rows, but for those whose input cannot be read: what cannot be run exactly as it was asked for is not run at all. */
export function readApprovals(sql: SqlStorage, rest: string, ...bindings: SqlStorageValue[]) {
  if (areNone(sql)) return []
  return sql
    .exec(
      `SELECT id, turn, asker, approvers, tool, input, goes, state, asked,
         (SELECT coalesce(ended, 0) FROM turns WHERE turns.id = turn) AS ended
       FROM approvals ${rest}`,
      ...bindings,
    )
    .toArray()
    .map(({ ended, ...row }) => {
      const since = sinceIn(Number(row.asked), ended ?? null)
      const told = { input: inputIn(row), approvers: approversIn(row), goes: goesIn(row) }
      return { ...row, ...told, since } as Approval
    })
    .filter(({ input }) => input !== null)
}

/** `ended`: 0 while its turn is open. A turn of which nothing is known will bring nothing into the room. */
function sinceIn(asked: number, ended: SqlStorageValue) {
  if (ended === 0) return null
  return Number(ended) || asked || 0
}

function inputIn({ id, input }: Record<string, SqlStorageValue>) {
  return stored(input, Input, { table: 'approvals', key: Number(id) })
}

function approversIn({ id, approvers }: Record<string, SqlStorageValue>) {
  if (approvers === null) return null
  return stored(approvers, Approvers, { table: 'approvals', key: Number(id) }) ?? []
}

function goesIn({ id, goes }: Record<string, SqlStorageValue>) {
  return goes === null ? null : (stored(goes, Goes, { table: 'approvals', key: Number(id) }) ?? [])
}

const Goes = z.array(z.string())
const Approvers = z.array(z.int())
const Input = z.record(z.string(), z.unknown())
