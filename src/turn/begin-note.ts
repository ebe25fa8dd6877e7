import * as z from 'zod'
import { type BudgetNote, noteIn } from '../budget.ts'
import { sentencesAfter } from '../sentences.ts'
import type { Tables } from '../tables.ts'

const NOTED = 'noted'
const Noted = z.array(z.string())
/** So many are known again, should the account ask twice. */
const MOST = 50

/** It was begun here before. */
export function isNoted({ facts }: Tables, { id, percent }: BudgetNote) {
  return facts.get(NOTED, Noted)?.includes(nameOf({ id, percent })) ?? false
}

/** A word to the operator, as a turn that has nothing to ask the model. It is one commit with its being known. */
export function beginNote(tables: Tables, note: BudgetNote) {
  const { facts, turns, session, inbox, now } = tables
  const current = session.current()
  facts.set(NOTED, [...(facts.get(NOTED, Noted) ?? []), nameOf(note)].slice(-MOST))
  const row = turns.begin({
    session: current?.id ?? 0,
    kind: 'told',
    asker: 0,
    asker_name: '',
    tier: session.tier(),
    prompt: null,
    sentence: noteIn(sentencesAfter(current && session.lastPrompt(current)), note),
    reason: 'limit',
    signs: null,
    started: now(),
    takenThrough: inbox.through(),
  })
  // No handler has begun it, so none has died of it.
  turns.change(row, { state: 'paused', due: now() })
}

function nameOf({ id, percent }: Pick<BudgetNote, 'id' | 'percent'>) {
  return `${id} ${percent}`
}
