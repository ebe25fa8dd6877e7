import * as z from 'zod'
import { Queue } from './now.ts'
import { Count, Dollars, Id, Source, Time } from './parts.ts'
import { Turn } from './receipt.ts'

/** `PATCH /rooms/:room/:bot/settings` answers what is set here; null and missing: as the bot's file says. */
export const SettingsSet = z.strictObject({
  ttlMinutes: z.int().positive().nullable().optional(),
  model: z.string().nullable().optional(),
  reply: z.enum(['grow', 'whole']).nullable().optional(),
  speaks: z.enum(['mentioned', 'always']).nullable().optional(),
  maxSteps: z.int().positive().nullable().optional(),
  maxMinutes: z.number().positive().nullable().optional(),
  index: z.enum(['on', 'off']).nullable().optional(),
})

const RoomIndexed = z.union([
  z.strictObject({ state: z.enum(['off', 'not asked for']) }),
  z.strictObject({
    state: z.enum(['listing', 'complete']),
    /** Messages, in all and today. */
    listed: z.int().min(0),
    listedToday: z.int().min(0),
    reachesBackTo: Time.nullable(),
    toTheFirst: z.boolean(),
    nextPageAt: Time.nullable(),
    failures: z.int().min(0),
    /** Pages that Campfire could not give. */
    passedOver: z.int().min(0),
  }),
])

/** `GET /rooms/:room/:bot`: state, settings and the newest turns; with `?before=` older ones. */
export const RoomOverview = z.strictObject({
  url: z.url(),
  room: Id,
  bot: Id,
  name: z.string().nullable(),
  direct: z.boolean(),
  queue: Queue,
  session: z.strictObject({ startedAt: Time, expiresAt: Time.nullable(), fromTurn: Id }).nullable(),
  /** The version of the bot by which its next turn goes here, as its receipt will say. */
  goesBy: Source,
  settings: z
    .strictObject({
      ttlMinutes: z.int().positive(),
      model: z.string(),
      reply: z.enum(['grow', 'whole']),
      speaks: z.strictObject({
        inRooms: z.enum(['mentioned', 'always']),
        inDirects: z.enum(['mentioned', 'always']),
      }),
      index: z.enum(['on', 'off']),
      limits: z.strictObject({
        steps: z.int().positive(),
        minutes: z.number().positive(),
        outputTokens: z.int().positive(),
      }),
      set: SettingsSet,
    })
    .nullable(),
  /** How far what everybody said here can be found. */
  index: RoomIndexed.nullable(),
  turns: z.array(Turn),
})
export type RoomOverview = z.infer<typeof RoomOverview>

/** What the bot was told, has read and has said; of what is long the beginning, and null where it is gone. */
const Conversation = z.strictObject({
  /** The first turn that it remembers word for word. */
  fromTurn: Id.nullable(),
  /** Told in place of what was before. */
  summary: z.string().nullable(),
  pinned: z.string().nullable(),
  /** The newest first. */
  turns: z.array(
    z.strictObject({
      turn: Id,
      askerName: z.string(),
      prompt: z.string().nullable(),
      asked: z.array(
        z.strictObject({
          id: Id.nullable(),
          author: z.string(),
          file: z.string().nullable(),
          text: z.string(),
        }),
      ),
      steps: z.array(
        z.strictObject({
          number: Id,
          kind: z.string(),
          state: z.string(),
          notice: z.string().nullable(),
          text: z.string(),
          tools: z.array(
            z.strictObject({
              number: Id,
              name: z.string(),
              state: z.string(),
              input: z.string(),
              result: z.string().nullable(),
            }),
          ),
        }),
      ),
      /** What the room was told instead of an answer. */
      sentence: z.string().nullable(),
      costDollars: Dollars,
      canTryAgain: z.boolean(),
      /** By which turn; null while that is still to come. */
      triedAgain: z.strictObject({ turn: Id.nullable() }).nullable(),
      /** The model reads it still. */
      isRemembered: z.boolean(),
    }),
  ),
  /** `?before=` for what is older. */
  olderThan: Id.nullable(),
})

/** `GET /rooms/:room/:bot`: the room, and the conversation there as the bot sees it. */
export const RoomView = RoomOverview.extend({
  now: Time,
  botName: z.string(),
  /** Where people read it. */
  address: z.string(),
  conversation: Conversation,
})
export type RoomView = z.infer<typeof RoomView>

/** `GET /rooms`: whoever told something last comes first. */
export const Roster = z.strictObject({
  now: Time,
  /** What was searched for. */
  words: z.string(),
  found: Count,
  all: Count,
  page: Id,
  pages: Id,
  rooms: z.array(
    z.strictObject({
      room: Id,
      bot: Id,
      /** Null: no key is known of it any more. */
      botName: z.string().nullable(),
      /** Null: a direct, or nobody has told. */
      name: z.string().nullable(),
      direct: z.boolean(),
      running: z.boolean(),
      waiting: Count,
      toldAt: Time,
      lastTurnAt: Time.nullable(),
      turns: Count,
      failed: Count,
      costDollars: Dollars,
      /** Campfire says that the bot is not in it any more. */
      out: z.strictObject({ since: Time, deletes: Time }).nullable(),
    }),
  ),
})
export type Roster = z.infer<typeof Roster>

/** A line of `GET /rooms/:room/:bot/session`: first the summary of the session before, if any. */
export const SessionLine = z.union([
  z.strictObject({ summary: z.string() }),
  z.strictObject({
    turn: Id,
    prompt: z.string(),
    steps: z.array(
      z.strictObject({
        number: Id,
        kind: z.string(),
        state: z.string(),
        model: z.string(),
        notice: z.string().nullable(),
        /** Content blocks as in the Messages API. */
        content: z.array(z.looseObject({ type: z.string() })),
        stop: z.string().nullable(),
        results: z.array(
          z.strictObject({
            tool_use_id: z.string(),
            state: z.string(),
            result: z.unknown(),
          }),
        ),
      }),
    ),
    /** What the room was told instead of an answer. */
    sentence: z.string().optional(),
  }),
])
