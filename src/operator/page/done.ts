/** What a page says once something was done; the address carries the word, so that nobody can write a sentence. */
export const DONE = new Map([
  ['reset', 'Done: the next message there begins a new conversation.'],
  ['stop', 'Stopped. Whatever it had said so far stays in the room.'],
  ['settings', 'Saved. They hold from the next turn on.'],
  ['limits', 'Saved. The limits hold from now on.'],
  ['changed', 'Saved.'],
  ['deleted', 'Deleted, for good.'],
])
