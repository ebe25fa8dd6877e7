import type { Sentences } from './interface.ts'
import { either, line } from './lists.ts'

export const en: Sentences = {
  language: 'en',
  locale: 'en-US',
  operator: (ref) =>
    `I can't answer right now. Something needs fixing, and only the person who runs me can do that. Please let them know, and ask me again once it's fixed (${ref}).`,
  unavailable: (ref) =>
    `Sorry, I couldn't answer. I tried several times, but I couldn't reach the model. Please ask me again later. If it keeps happening, tell the person who runs me (${ref}).`,
  tooLong: (ref) =>
    `Sorry, that's more text than I can read at once. Please ask me again with less of it (${ref}).`,
  failed: (ref) =>
    `Sorry, something went wrong and I couldn't answer. Please ask me again. If it keeps happening, tell the person who runs me (${ref}).`,
  parked: (ref) =>
    `Sorry, I ran into trouble with this one several times, so I've stopped trying. Please put it another way, or tell the person who runs me (${ref}).`,
  unpostable: (ref) =>
    `I had an answer, but Campfire didn't accept it. Please ask me again. If it keeps happening, tell the person who runs me (${ref}).`,
  inDoubt: (ref) =>
    `I sent an answer, but I couldn't find out whether it arrived: it may be missing, or be here twice. If you don't see it, please ask me again (${ref}).`,
  mayBeMissing: (ref) =>
    `I sent an answer, but I couldn't find out whether it arrived. If you don't see it, please ask me again (${ref}).`,
  outOfReach: (ref) =>
    `I had an answer, but I couldn't reach Campfire for more than a day. If you still want it, please ask me again (${ref}).`,
  tryingAgain: "The model is busy right now. I'm still trying.",
  working: "I'm on it. This one takes a little longer.",
  pickingUp: 'I got interrupted and am picking this up again',
  rests:
    "I'll rest for ten minutes: we've been going back and forth for a while. Just ask me again after that.",
  refused: "Sorry, I can't help with that. The model declined to answer.",
  empty: "I don't have anything to add.",
  stopped: 'Stopped.',
  stoppedHere: '(stopped)',
  brokenOff: "(I got cut off here and couldn't finish. Please ask me again.)",
  mentionMe:
    'With several of you here I only answer when you mention me, so you can talk among yourselves.',
  forgotten: {
    direct:
      "Done. I've forgotten everything we said here, the files you gave me, and my notes about it. Our lists are still here, and so is what you asked me to remember about you. Want that gone too? Just tell me.",
    room: "Done. I'm starting fresh here. Everything you've said to me, the files you gave me, what I answered you, and the notes you asked me to keep are gone. Other people's notes and the lists are still here, and so is what you asked me to remember about you. Want that gone too? Just tell me.",
  },
  cutOff: '(I had to stop here. This is as long as my answers can get.)',
  atEnd:
    "(I had to stop here. I'd reached my limit for one question. Tell me to continue, or ask for a bit less at once.)",
  partlyLeftOut:
    '(I had to skip part of our earlier conversation, because the model kept refusing it.)',
  serverTools: {
    searching: (query) => `Searching the web for “${query}”`,
    opening: (host) => `Opening ${host}`,
    running: 'Running some code',
    lost: "(I had to do this without one of my tools for the web or for code: it doesn't work with my model here. I'll try it again tomorrow.)",
    notHanded: (names) => `(I couldn't hand ${names} over to the model, so I had to do without.)`,
    made: {
      left: (items) => `(Not everything that the code made is here: ${items}.)`,
      unnamed: 'another file',
      why: {
        kind: 'not a PNG, CSV, Excel or PDF file',
        large: 'too large',
        many: 'I attach five at most',
        lost: "I couldn't fetch it",
        refused: "Campfire didn't take it",
        unsure: 'it may be missing',
      },
    },
  },
  partlyForgotten: "(Our conversation got too long for me, so I've dropped the oldest part of it.)",
  whole: 'The full answer is in the file below.',
  limit: {
    yours: (until) =>
      `Your spending limit is used up until ${until}, so I can't answer before then. If you need me sooner, please ask the person who runs me.`,
    room: (until) =>
      `This room's spending limit is used up until ${until}, so I can't answer here before then. If you need me sooner, please ask the person who runs me.`,
    mine: (until) =>
      `My spending limit is used up until ${until}, so I can't answer before then. If you need me sooner, please ask the person who runs me.`,
    everyones: (until) =>
      `The spending limit for all bots here is used up until ${until}, so I can't answer before then. If you need me sooner, please ask the person who runs me.`,
    waits:
      "The rest of the spending limit is tied up in other answers right now. I'll go on as soon as some of it is free.",
    tiedUp:
      "The rest of the spending limit is tied up in other answers, and I've run out of time. Please ask me again in a minute.",
    yesWaits:
      "The spending limit stopped me, so I haven't done what you approved. Please say yes to it again later.",
    note: ({ whose, percent, spent, amount, until }) =>
      `${percent}% of the spending limit of ${whose} is used: ${spent} of ${amount}. It starts again on ${until}.`,
  },
  help: {
    who: (name, about) => `Hi, I'm **${name}**. ${about}`,
    direct:
      "Just write to me here. I'll remember our conversation until it's been quiet for a while.",
    room: "Mention me and I'll answer. I'll remember what people say to me here until it's been quiet for a while.",
    examples: 'You can ask me, for example:',
    web: 'Search the web for train times to Bergün.',
    code: 'Plot the numbers in my spreadsheet.',
    servers: (names) => `I can also use what other services offer: ${names}.`,
    words: (forgets) =>
      `A single word is enough for these: \`help\` (what you're reading), \`stop\` (while I'm working on your question), \`why\` (what went into my last answer), \`forget\` (${forgets}).`,
    forgets: {
      direct: 'I forget everything we said here',
      room: 'I start fresh, and forget what you said to me',
    },
    limits:
      "Of files you post I see only the name: ask me about one and I'll give you a link to drop it. And this room is the only one I can see.",
  },
  signInEnded: (server, bot) =>
    `I'm not signed in to **${server}** any more, so **${bot}** can't use its tools. Please sign in again on the page of ${bot}.`,
  approval: {
    run: (tool) => `May I run **${tool}**?`,
    several: (count) => `May I do these ${count} things? One answer counts for all of them.`,
    who: (you, others) => either([you ? `You (${you})` : 'You', ...others], ' or '),
    someone: 'someone else who may approve this',
    direct: (who) => `${who} can reply *yes* or *no* within a day.`,
    mention: (who, bot) => `${who} can reply *@${bot} yes* or *no* within a day.`,
    unnamed: (who) => `${who} can mention me and reply *yes* or *no* within a day.`,
    input: "This is exactly what I'd use:",
    cut: (count) =>
      `(To keep this short, ${count} characters aren't shown. They'd be used as well.)`,
    goes: (what) => `This will be gone for good: ${what}.`,
    more: (count) => `and ${count} more`,
    late: (tools) => `Nobody said yes within a day, so I didn't run ${tools}.`,
    unpaid: (tools) =>
      `I got a yes, but the spending limit stopped me, and now a day has passed since I asked. So I didn't run ${tools}. Please ask me again if you still want it.`,
    granted: (who) => (who ? `Approved by ${who}` : 'Approved'),
    refused: (who) => (who ? `Declined by ${who}` : 'Declined'),
    withdrawn: 'Withdrawn',
    expired: 'Expired',
  },
  files: {
    offer: (link) =>
      `To show me a file, [drop it here](${link}) within 15 minutes, or paste its download link from Campfire in a message to me.`,
    paste: 'To show me a file, paste its download link from Campfire in a message to me.',
  },
  reminder: {
    kept: 'Your upcoming reminders are still here, too.',
    refused: "A reminder is due, but Campfire didn't accept its words.",
    foot: (number, by) => (by ? `Reminder ${number}, from ${by}.` : `Reminder ${number}.`),
    late: (span) => `Sorry, this is ${span} late.`,
    missed: (count, shown) =>
      count === 1 ? 'I missed the one before it.' : `I missed the ${shown} before it.`,
    paused: (who, numbers) =>
      `${who} hasn't been here for 90 days, so I've paused what I do for them regularly (${numbers}). Should I go on with it? Just tell me.`,
  },
  why: {
    unknown: "I can't find an answer from me there. Either it isn't mine, or it was too long ago.",
    nothing: "I haven't said anything here yet.",
    why: 'Why',
    reasons: {
      mentioned: 'I was mentioned',
      direct: 'we talk one to one here',
      always: 'I answer everything here',
      files: 'a file was dropped for me',
      'not mentioned': 'I stayed quiet, nobody mentioned me',
      'bots in a row': 'I stayed quiet, bots were only answering each other',
      'too many in a row': 'too much came at once, so I took a rest',
      'taken back': 'I stayed quiet, the message was deleted',
      forgotten: 'I stayed quiet, that message was forgotten',
      cancelled: 'I stayed quiet, the task had been cancelled',
      'answered elsewhere': 'I stayed quiet, it had been answered already',
      limit: 'I stayed quiet, a spending limit was used up',
      'approval expired': 'nobody had said yes in time',
      'approval unpaid': 'a spending limit blocked what was approved',
      'several people': 'several people talk here',
      note: 'the operator needed to know',
    },
    scheduled: (number) => `reminder ${number} was due`,
    again: 'an operator asked me to try again',
    read: 'Read',
    tools: 'Tools',
    took: 'Took',
    line,
    word: 'a single word, so no model was needed',
    messages: (count, shown) => (count === 1 ? 'one message' : `${shown} messages`),
    edited: 'edited after it was sent',
    others: 'what others said around it',
    noOthers: 'nothing from anyone else',
    forgotten: 'the rest has been forgotten since',
    tiers: {
      hot: 'our conversation, still in memory',
      warm: 'our conversation, loaded from storage',
      cold: 'no earlier conversation',
    },
    made: (names) => `attached: ${names.join(', ')}`,
    noTools: 'none',
    outcomes: {
      ok: 'ok',
      error: 'failed',
      unknown: 'may or may not have happened',
      intended: 'not done',
      waiting: 'waiting for a yes',
    },
    seconds: (shown) => `${shown} s`,
    tokens: ({ read, cached, written }) =>
      `${read} tokens in (${cached} of them cached) and ${written} out`,
    missed: (reason) => `not from the cache: ${reason}`,
    misses: {
      model_changed: 'another model',
      system_changed: 'my instructions had changed',
      tools_changed: 'my tools had changed',
      messages_changed: 'the conversation had changed',
    },
    noPrice: 'price unknown',
    atMost: (cost) => `at most ${cost}`,
    models: (names) => names.join(', then '),
    noModel: 'no answer from a model',
    request: (id) => `request ${id}`,
    failedRequest: (id) => `failed request ${id}`,
    version: (worker, bot) => `version ${worker}, bot ${bot}`,
    ends: {
      silent: 'no answer on purpose',
      stopped: 'stopped partway',
      failed: 'failed',
      parked: 'given up after several crashes',
    },
    crashes: (count, shown) =>
      count === 1 ? 'recovered from one crash' : `recovered from ${shown} crashes`,
    noCrashes: 'no crashes',
    doubts: {
      'may stand twice': 'the answer may be here twice',
      'may be missing': 'the answer may be missing',
      'may stand twice or be missing': 'the answer may be here twice, or be missing',
    },
  },
}
