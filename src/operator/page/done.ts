/** What a page says once something was done; the address carries the word, so that nobody can write a sentence. */
export const DONE = new Map([
  ['reset', 'Done: the next message there begins a new conversation.'],
  ['stop', 'Stopped. Whatever it had said so far stays in the room.'],
  ['again', 'Trying again: a new turn with its own receipt, as soon as it is next.'],
  ['settings', 'Saved. They apply from the next turn.'],
  ['bot', 'Saved. The next turn uses it; one that is running now finishes as it started.'],
  ['back', 'Restored. The next turn uses that version.'],
  ['file', 'Back to the deployed file, from the next turn on.'],
  ['same', 'Nothing was different, so nothing was saved.'],
  ['test', 'Sent. Have a look in the room.'],
  ['limits', 'Saved. The limits hold from now on.'],
  ['signed-out', 'Signed out. The stored sign-in is deleted.'],
  ['changed', 'Saved.'],
  ['deleted', 'Deleted, for good.'],
])
