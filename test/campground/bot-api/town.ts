import type { Campground } from '../campground.ts'

/** What the bot API may use of the whole. */
export type Town = Pick<
  Campground,
  | 'dialect'
  | 'people'
  | 'rooms'
  | 'messages'
  | 'post'
  | 'deliver'
  | 'edit'
  | 'deleteMessage'
  | 'boost'
  | 'unboost'
  | 'isLocked'
>
