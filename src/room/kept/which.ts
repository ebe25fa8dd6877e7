/** One thing of all that a room keeps. */
export type Which =
  | { kind: 'reminder' | 'fact' | 'list' | 'file'; number: number }
  | ({ kind: 'item' } & OfList)

export interface OfList {
  list: number
  number: number
}

/** What is to be different; what is not named stays as it is. */
export interface Changes {
  /** Of a reminder, a fact or an item; of a list its name. */
  text?: string
  /** Of a reminder: once, at this local time; or again and again; and in which zone. */
  at?: string
  cron?: string
  zone?: string
  /** Of a fact: whether it is said at the start of every conversation. */
  always?: boolean
  /** Of an item. */
  notes?: string | null
  due?: string | null
  done?: boolean
}

export type Changed = 'changed' | 'gone' | { refused: string }
