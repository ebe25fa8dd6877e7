/** Somebody who answers in Campfire, as a process of its own that can be killed and started again. */
export interface Contestant {
  /** For the command line. */
  id: string
  name: string
  /** What it is made of, with versions. */
  what: string
  /** What its memory is measured with: a process for each room is dear. */
  rooms: number
  /** What a conversation is for it when nobody speaks: in memory, or read again each time. */
  kind: 'object' | 'kept' | 'fresh'
  start(place: Place): Promise<Running>
  /** The same with its storage counted. Null: it has none that is billed by the row. */
  startCounted: ((place: Place) => Promise<Running>) | null
}

export interface Place {
  port: number
  home: string
  /** The fake Campfire, the bot there, and the stand-in model. */
  campfire: string
  bot: { id: number; key: string }
  model: string
  /** What its process is started with, beside what it needs. */
  env: Record<string, string>
}

export interface Running {
  /** Of the process that leads all others. */
  pid: number
  /** Takes the conversation of a room out of memory. Only objects have that. */
  evict(room: number): Promise<void>
  /** `kill -9` of all of it. */
  kill(): Promise<void>
}
