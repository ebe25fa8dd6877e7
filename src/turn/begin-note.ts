import * as z from 'zod'
import { type BudgetNote, noteIn } from '../budget.ts'
import { quiet } from '../campfire.ts'
import { sentencesAfter } from '../sentences.ts'
import type { Tables } from '../tables.ts'

const NOTED = 'noted'
const Noted = z.array(z.string())
/** So many are known again, should somebody ask twice. */
const MOST = 50

/** What the bot is to say by itself, once. */
export interface Note {
  /** Whoever asks for it again under this name has got it already. */
  name: string
  sentence: string
  /** Why it speaks. */
  reason: string
}

/** What an operator wants to see it say. */
export function testNote({ id, words }: { id: string; words: string }): Note {
  return { name: `test ${id}`, sentence: words, reason: 'test' }
}

export function budgetNote(tables: Tables, note: BudgetNote): Note {
  const sentence = noteIn(wordsHere(tables), note)
  return { name: `${note.id} ${note.percent} ${note.amount}`, sentence, reason: 'limit' }
}

export function serverNote(
  tables: Tables,
  note: { id: string; bot: string; server: string },
): Note {
  const { id, bot, server } = note
  const sentence = wordsHere(tables).signInEnded(quiet(server), quiet(bot))
  return { name: id, sentence, reason: 'sign-in' }
}

function wordsHere({ session }: Tables) {
  const current = session.current()
  return sentencesAfter(current && session.lastPrompt(current))
}

/** It was begun here before. */
export function isNoted({ facts }: Tables, { name }: Pick<Note, 'name'>) {
  return facts.get(NOTED, Noted)?.includes(name) ?? false
}

/** A word of ours, as a turn that has nothing to ask the model. It is one commit with its being known. */
export function beginNote(tables: Tables, { name, sentence, reason }: Note) {
  const { facts, turns, session, inbox, now } = tables
  const current = session.current()
  facts.set(NOTED, [...(facts.get(NOTED, Noted) ?? []), name].slice(-MOST))
  const row = turns.begin({
    session: current?.id ?? 0,
    kind: 'told',
    asker: 0,
    asker_name: '',
    tier: session.tier(),
    prompt: null,
    sentence,
    reason,
    signs: null,
    started: now(),
    takenThrough: inbox.received.through(),
  })
  // No handler has begun it, so none has died of it.
  turns.change(row, { state: 'paused', due: now() })
}
