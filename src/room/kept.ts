import type { Changeable } from '../tables/kept-mark.ts'
import type { StoredFile } from '../tables/room/files.ts'
import { type Item, type List, Lists } from '../tables/room/lists.ts'
import { type Pin, Pins } from '../tables/room/pins.ts'
import type { Reminder } from '../tables/room/reminders/to-come.ts'
import { roomIn, type Tables } from '../tables.ts'
import { listAt } from './kept/lists.ts'
import type { Which } from './kept/which.ts'

export { change } from './kept/change.ts'
export { remove } from './kept/remove.ts'
export type { Changes, Which } from './kept/which.ts'

/** How much is planned, remembered and kept here. Lists are counted, and not what is on them. */
export function countKept(tables: Tables) {
  const { sql, reminders, files } = tables
  return {
    reminders: reminders.open().length,
    facts: new Pins(sql).all().length,
    lists: new Lists(sql).all().length,
    files: files.list().length,
  }
}

/** All of it: at most a hundred reminders, two hundred facts, twenty lists and a hundred files, without what is in them. */
export function keptIn(tables: Tables) {
  const { sql, reminders, files, place } = tables
  return {
    room: place.room,
    bot: place.bot,
    ...roomIn(tables),
    reminders: reminders.open().map((one) => reminderTold(tables, one)),
    facts: new Pins(sql).all().map((one) => factTold(tables, one)),
    lists: new Lists(sql).all().map(({ id, name }) => ({ number: id, name })),
    files: files.list().map((one) => fileTold(tables, one)),
  }
}

/** One list with all that is on it. Null: there is none of this number. */
export function listIn(tables: Tables, number: number) {
  const found = listAt(tables, number)
  return found ? listTold(tables, found.list, found.lists.items(found.list)) : null
}

/** One thing of all, as it is told. Files have nothing to change. */
export function thingIn(tables: Tables, which: Which): Changeable | undefined {
  const isIt = ({ number }: { number: number }) => number === which.number
  if (which.kind === 'item') return listIn(tables, which.list)?.items.find(isIt)
  const { reminders, facts, lists } = keptIn(tables)
  const all = { reminder: reminders, fact: facts, list: lists, file: [] }[which.kind]
  return (all as ({ number: number } & Changeable)[]).find(isIt)
}

function reminderTold(tables: Tables, one: Reminder) {
  const { number, text, asker, whom, isPrompt, cron, zone, state, due, next } = one
  return {
    number,
    text,
    isTask: isPrompt,
    asker: named(tables, asker),
    /** Null: everyone in the room. */
    whom: whom === null ? null : named(tables, whom),
    cron,
    zone,
    isPaused: state === 'paused',
    dueAt: time(due),
    nextAt: time(next),
  }
}

function factTold(tables: Tables, { number, fact, author, at, always }: Pin) {
  return { number, words: fact, author: named(tables, author), at: time(at), always }
}

function fileTold(tables: Tables, { number, name, kind, bytes, author, at }: StoredFile) {
  return { number, name, kind, bytes, author: named(tables, author), at: time(at) }
}

function listTold(tables: Tables, { id, name }: List, items: Item[]) {
  return {
    room: tables.place.room,
    bot: tables.place.bot,
    roomName: roomIn(tables).name,
    number: id,
    name,
    items: items.map(({ number, text, notes, assignee, due, done_at: doneAt }) => ({
      number,
      text,
      notes,
      assignee: assignee === null ? null : named(tables, assignee),
      due,
      doneAt: time(doneAt),
    })),
  }
}

/** Whoever only claimed to be somebody has a number below zero. */
function named({ people }: Tables, id: number) {
  return { id, name: people.nameOf(id) }
}

function time(ms: number | null) {
  return ms === null ? null : new Date(ms).toISOString()
}
