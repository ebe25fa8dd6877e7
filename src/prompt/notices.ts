/**
 * Words to the model that nobody in the room said. They stay in the session as they were, and some are told
 * by their words: rows of earlier versions have these, and the prompt cache begins with them.
 */
export const NOTICES = {
  changedBefore:
    'Some of what was said before was edited or deleted by whoever said it. Nothing of your answer was posted: ' +
    'answer what is asked as it reads now, and do not mention what is gone.',
  goOn: 'You were cut off by the length limit. Go on exactly where you stopped. Do not repeat anything.',
  saySomething:
    'You answered without any words. Answer the people in the room in at least a sentence.',
  lastCall:
    'You have reached the limit of this turn. You cannot use tools any more. Answer now with what you ' +
    'have, and say what is missing.',
  oldestDropped:
    'This conversation had grown too long, so its oldest part was dropped. You no longer see it; ' +
    'search_conversation may find it.',
  toolLost:
    'A tool for the web or for code that you had is not to be had here at the moment. Go on without it; where ' +
    'that matters, say what you could not look up or try.',
  partLeftOut:
    'A part of what was said here earlier has been left out, because it could not be read any more. You no ' +
    'longer see it; search_conversation may find it.',
  /** A yes must have been meant when it was given, and a word to us when it was sent. */
  editsDecideNothing:
    'An edit gives no yes, and runs no word such as forget or stop; nor does what was never delivered. For ' +
    'that they have to send a new message.',
  /** The whole of an answer to a task that is posted to nobody. */
  nothingToTell: 'NOTHING TO TELL',
  /** An operator has pressed "Try again". */
  again:
    'Nobody has said this just now: it was asked at the time above, the first try at it came to nothing, and the room ' +
    'was told so. Now it is tried again. Answer it as of now, and do not speak of the first try.',
  didBefore:
    'In the first try these were done, or may have been, so look before you do them again:',
  /** Below the answer to a prompt with these words the ways to give a file are offered. */
  nameOnly:
    'You cannot open a file that is posted here: Campfire gives bots the name only. Say so in a few words. How it can ' +
    'be given to you, and the link for it, is put below your answer by itself: say nothing of that.',
  leftOut: 'What was asked here has been left out, because you declined to answer it.',
  /** In place of an answer that was deleted, or whose question was. Sessions hold it, too. */
  deleted: '(What I said here was deleted.)',
  /** In place of what the model would not say. Sessions hold it, so its words stay. */
  declined: "I won't help with that: the model declined to answer.",
}
