/** What a page says once something was done; the address carries the word, so that nobody can write a sentence. */
export const DONE = new Map([
  ['reset', 'Done: the next message there begins a new conversation.'],
  ['stop', 'Stopped. Whatever it had said so far stays in the room.'],
  [
    'again',
    'It is tried again: a turn of its own, with its own receipt, as soon as nobody is before it.',
  ],
  ['settings', 'Saved. They hold from the next turn on.'],
  ['bot', 'Saved. Its next turns go by it; what it is at now, it ends as it began.'],
  ['back', 'Gone back. Its next turns go by those words again.'],
  ['file', 'It goes by its file again, from its next turns on.'],
  ['same', 'Nothing was different, so nothing was saved.'],
  ['test', 'It was told to say so. Look into the room.'],
  ['limits', 'Saved. The limits hold from now on.'],
  ['signed-out', 'Signed out there. What was kept of it is deleted.'],
  ['changed', 'Saved.'],
  ['deleted', 'Deleted, for good.'],
])
