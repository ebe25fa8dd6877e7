/** What the bot says to the room in its own words, without the model. One plain sentence each. */
export const SENTENCES = {
  operator: (ref: string) =>
    `I can't answer right now: there is a problem that the operator of this bot must solve (${ref}).`,
  unavailable: (ref: string) =>
    `I couldn't answer: the model was not to be had, though I tried several times. Please ask me again later (${ref}).`,
  tooLong: (ref: string) => `I couldn't answer: this is too long for me to read (${ref}).`,
  failed: (ref: string) =>
    `Something went wrong and I couldn't answer. Please ask me again (${ref}).`,
  parked: (ref: string) =>
    `I set this aside: I stumbled over it three times. Please say it another way, or tell the operator (${ref}).`,
  unpostable: (ref: string) => `I had an answer, but Campfire would not take it (${ref}).`,
  refused: "I won't help with that: the model declined to answer.",
  empty: 'I have nothing to add to that.',
  stopped: 'Stopped.',
  forgotten: {
    direct: 'Forgotten: everything that was said here, and what I had kept of it.',
    room: 'Forgotten: I start afresh here, and what you said to me is gone from my archive.',
  },
  cutOff: '(I stopped here: the answer had reached its longest.)',
  partlyForgotten: '(This conversation had grown too long, so I have let go of its oldest part.)',
  whole: 'The whole answer is in the file below.',
}

export function help(bot: { name: string; about: string }, direct: boolean) {
  return [
    `I'm **${bot.name}**. ${bot.about}`,
    direct
      ? 'Just write to me here. I remember our conversation until it has been quiet for a while.'
      : 'Mention me and I answer. I remember what is said to me here until it has been quiet for a while.',
    'One word is enough for: `help` (this), `stop` (while I work on your question), `forget` ' +
      `(${direct ? 'everything said here' : 'start afresh, and drop what you said to me'}).`,
    "I can't open files that you post, and I see this room only.",
  ].join('\n\n')
}
