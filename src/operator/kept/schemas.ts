import * as z from 'zod'
import { visible } from '../../campfire.ts'
import { isDay } from '../../clock.ts'

// What people have planned, had remembered and keep with a bot: here their words stand, since an operator is
// to see what they change and delete.

const Id = z.int().positive()
const Count = z.int().min(0)
const Time = z.iso.datetime()
/** Below zero: whoever knows the webhook's secret named them. Null: their name is not known here. */
const Somebody = z.strictObject({ id: z.int(), name: z.string().nullable() })
const BotName = z.string().nullable()

/** `GET /kept`: rooms by their numbers, fifteen at a time, and how much each keeps. */
export const KeptRooms = z.strictObject({
  rooms: z.array(
    z.strictObject({
      room: Id,
      bot: Id,
      /** Null: no key is known of it any more. */
      botName: BotName,
      name: z.string().nullable(),
      direct: z.boolean(),
      /** Null: the room could not be asked. */
      kept: z
        .strictObject({ reminders: Count, facts: Count, lists: Count, files: Count })
        .nullable(),
    }),
  ),
  /** `?after=` for the next ones. Null: these were the last. */
  next: z.string().nullable(),
})
export type KeptRooms = z.infer<typeof KeptRooms>

/** `GET /kept/rooms/:room/:bot`: what is planned, remembered and kept in one room. */
export const KeptRoom = z.strictObject({
  room: Id,
  bot: Id,
  botName: BotName,
  name: z.string().nullable(),
  direct: z.boolean(),
  reminders: z.array(
    z.strictObject({
      number: Id,
      text: z.string(),
      /** It is no message: the bot takes a turn with it. */
      isTask: z.boolean(),
      asker: Somebody,
      /** Null: everyone in the room. */
      whom: Somebody.nullable(),
      cron: z.string().nullable(),
      zone: z.string(),
      isPaused: z.boolean(),
      dueAt: Time.nullable(),
      nextAt: Time.nullable(),
    }),
  ),
  facts: z.array(
    z.strictObject({
      number: Id,
      words: z.string(),
      author: Somebody,
      at: Time.nullable(),
      /** It is said at the start of every conversation. */
      always: z.boolean(),
    }),
  ),
  lists: z.array(
    z.strictObject({
      number: Id,
      /** Empty: the one for everything. */
      name: z.string(),
    }),
  ),
  files: z.array(
    z.strictObject({
      number: Id,
      name: z.string(),
      kind: z.string(),
      bytes: Count,
      /** Through whose link it came. */
      author: Somebody,
      at: Time.nullable(),
    }),
  ),
})
export type KeptRoom = z.infer<typeof KeptRoom>

/** `GET /kept/rooms/:room/:bot/lists/:list`: one list with all that is on it. */
export const KeptList = z.strictObject({
  room: Id,
  bot: Id,
  botName: BotName,
  roomName: z.string().nullable(),
  number: Id,
  name: z.string(),
  items: z.array(
    z.strictObject({
      number: Id,
      text: z.string(),
      notes: z.string().nullable(),
      assignee: Somebody.nullable(),
      due: z.string().nullable(),
      doneAt: Time.nullable(),
    }),
  ),
})
export type KeptList = z.infer<typeof KeptList>

/** `GET /kept/people`: whoever has asked a bot for something, by their numbers, fifteen at a time. */
export const KeptPeople = z.strictObject({
  people: z.array(
    z.strictObject({
      id: Id,
      name: z.string(),
      /** Null: what is remembered of them could not be asked for. */
      facts: Count.nullable(),
    }),
  ),
  next: z.string().nullable(),
})
export type KeptPeople = z.infer<typeof KeptPeople>

/** `GET /kept/people/:person`: what somebody asked to be remembered of themselves. */
export const KeptPerson = z.strictObject({
  id: Id,
  name: z.string().nullable(),
  facts: z.array(
    z.strictObject({
      number: Id,
      kind: z.enum(['language', 'zone', 'style', 'fact']),
      words: z.string(),
      room: z.int(),
      /** It was told in a direct, and is used in no room. */
      isPrivate: z.boolean(),
      /** They said that it may be used everywhere. */
      everywhere: z.boolean(),
      at: Time,
    }),
  ),
})
export type KeptPerson = z.infer<typeof KeptPerson>

// What may be changed. What is missing or null stays as it is, but for what can be empty.

/** Of several lines, the next could pass for something of somebody else. */
const Line = (longest: number) => z.string().overwrite(onOneLine).min(1).max(longest)

function onOneLine(text: string) {
  return visible(text).replace(/\s+/g, ' ').trim()
}

export const ReminderChanges = z.strictObject({
  text: z.string().trim().min(1).max(1_000).nullable().optional(),
  /** Once, at this local time: as 2026-12-01T14:00. */
  at: z.string().max(19).nullable().optional(),
  /** Again and again: minute hour day month weekday. */
  cron: z.string().trim().max(100).nullable().optional(),
  /** Of that time, as Europe/Berlin. */
  zone: z.string().trim().max(60).nullable().optional(),
})

export const RoomFactChanges = z.strictObject({
  words: Line(500).nullable().optional(),
  always: z.boolean().nullable().optional(),
})

export const ListChanges = z.strictObject({ name: Line(60).nullable().optional() })

export const ItemChanges = z.strictObject({
  text: Line(300).nullable().optional(),
  /** Null: none. */
  notes: z.string().trim().max(300).nullable().optional(),
  /** A day as 2026-12-04. Null: none. */
  due: z.string().refine(isDay, 'a day such as 2026-12-04').nullable().optional(),
  done: z.boolean().nullable().optional(),
})

export const PersonFactChanges = z.strictObject({
  words: Line(500).nullable().optional(),
  everywhere: z.boolean().nullable().optional(),
})
