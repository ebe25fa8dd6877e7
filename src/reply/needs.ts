import type { Bot } from '../bots.ts'
import type { Campfire, Since } from '../campfire.ts'
import type { Quota } from '../runtime.ts'
import type { Sentences } from '../sentences.ts'
import type { Replies } from '../tables/room/replies.ts'
import type { TurnRow } from '../tables/room/turns.ts'

/** What a reply needs of the turn that it belongs to, until it stands in the room. */
export interface ReplyNeeds {
  bot: Pick<Bot, 'unsure'>
  botUserId: number
  row: TurnRow
  replies: Replies
  campfire: Campfire
  /** Campfire has brought us something after that, in ms since 1970: so it is there. */
  hasHeard(since: number): boolean
  /** The newest message known in the room. */
  cursor(): number | null
  /** Where to look for what this turn has posted behind a message. */
  since(cursor: number): Since
  change(changes: Partial<Omit<TurnRow, 'id'>>): void
  /** The bot's own words, in the language of the asker. */
  readonly sentences: Sentences
  /** Names the turn to people. */
  reference: string
  /** As far as we know, this Campfire can list. */
  canAsk(): boolean
  now(): number
  /** Names the turn in logs. */
  ref: { room: number; bot: string; turn: number }
}

/** What an answer needs to be read while it grows. */
export interface DraftNeeds
  extends Pick<ReplyNeeds, 'campfire' | 'change' | 'cursor' | 'now' | 'ref' | 'replies'> {
  bot: Pick<Bot, 'reply'>
  quota: Quota
  /** This Campfire can list, and so can edit. */
  canGrow(): boolean
  /** False: what is being answered was taken back or reworded. */
  isStillAsked(): Promise<boolean>
  readonly sentences: Pick<Sentences, 'pickingUp'>
}
