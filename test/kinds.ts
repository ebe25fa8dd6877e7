import { COUNTED } from './kinds/counted.ts'
import { KILLED } from './kinds/killed.ts'

interface Kind {
  what: string
  /** What it costs, by the names in `kinds/counted.ts`: see `counts.test.ts`. */
  counted: string[]
  /** How it is killed at each of its effects, by the names in `kinds/killed/`: see `crash.test.ts`. */
  killed: string[]
  /** Why it is not counted, or not killed. */
  why?: string
}

/**
 * Every kind of turn, once. Whoever adds one says here how it is counted and how it is killed, or why not;
 * `deploys.test.ts` takes over from older versions what is killed here.
 */
export const KINDS: Kind[] = [
  { what: 'a text', counted: ['text whole', 'text cold', 'text, an hour on'], killed: ['a text'] },
  {
    what: 'a text that grows',
    counted: ['text grows', 'text names', 'text in Chinese', 'text grows slowly'],
    killed: [
      'a reply that grows',
      'a reply that grows and names somebody in the end',
      'a reply that grows beyond one message, in Chinese',
      'a question that is edited while the model is at it',
    ],
  },
  {
    what: 'a line that says that it takes longer',
    counted: [],
    killed: ['an answer that takes long where nothing can be edited'],
    why: 'stories/says-that-it-takes-longer counts it, and text grows slowly has it on v1.4.9',
  },
  {
    what: 'a text under a limit',
    counted: [],
    killed: ['two calls under a limit'],
    why: 'stories/keeps-its-limits counts it: it writes no row more while its lease lasts',
  },
  {
    what: 'a word that it must be mentioned from now on',
    counted: [],
    killed: ['somebody who joins a direct, in which it must be mentioned from then on'],
    why: 'once in a room, it is a sentence like any other, and a row that says that it was said',
  },
  { what: 'several tools', counted: ['two tools'], killed: ['two tools at once'] },
  { what: 'an answer in parts', counted: ['split reply'], killed: ['a split reply'] },
  { what: 'an answer as a file', counted: ['file answer'], killed: ['an answer that is a file'] },
  { what: 'a file by a tool', counted: ['attach_file'], killed: ['a tool that attaches a file'] },
  {
    what: 'a search by the API itself',
    counted: [],
    killed: ['a search of the web by the API, and what was cited of it'],
    why: 'it is a text like any other, and once in a session a row that says that it has read from outside',
  },
  {
    what: 'a file that code makes',
    counted: ['files by code'],
    killed: ['files that code has made'],
  },
  {
    what: 'a file that somebody gives',
    counted: [],
    killed: [
      'a file that is dropped through a link',
      'a file that is handed to code, and deleted',
      'a file that is linked',
    ],
    why: 'stories/takes-files-through-a-link counts it: a turn like any other, and a row for each million bytes',
  },
  {
    what: 'a fact that is remembered',
    counted: ['memory of the room', 'memory of a person'],
    killed: [
      'a fact of the room that takes the place of another',
      'what somebody tells about themselves',
    ],
  },
  {
    what: 'a list',
    counted: ['list changed', 'list shown', 'list shown again'],
    killed: [
      'a list that is changed and shown again',
      'a list that is shown, and goes into a file',
      'an item that somebody is reminded of, and one that nobody is any more',
    ],
  },
  {
    what: 'a reminder',
    counted: ['reminder set', 'reminder due', 'task due'],
    killed: [
      'a reminder that is set, changed and cancelled',
      'a reminder that is due',
      'a reminder whose words are refused',
      'a task that is due',
      'a task that is due and has nothing to tell',
    ],
  },
  {
    what: 'a test message',
    counted: [],
    killed: ['a test message of an operator, who presses twice'],
    why: 'an operator asks for it, and not often: stories/an-operator-changes-a-bot has it',
  },
  {
    what: 'a tool of another server',
    counted: ["server's tool"],
    killed: ['a tool of another server', 'a tool of another server that may be repeated'],
  },
  { what: 'help', counted: ['help'], killed: ['help'] },
  { what: 'why', counted: ['why'], killed: ['why'] },
  { what: 'forget', counted: ['forget'], killed: ['forget'] },
  {
    what: 'a question that is deleted',
    counted: [],
    killed: ['a question that is deleted while the model is at it'],
    why: 'it ends in silence: what it had cost until then is that of a text',
  },
  {
    what: 'a silence',
    counted: ['silence'],
    killed: [],
    why: 'it is over with its row, and nothing goes out',
  },
  { what: 'a stop', counted: ['stopped midway'], killed: ['a stop'] },
  { what: 'steering', counted: ['steered'], killed: ['more that is said meanwhile'] },
  {
    what: 'what is put right once the bot can speak there again',
    counted: [],
    killed: ['a bot that is back after its turn was given up'],
    why: 'once in a room that it had lost: what it takes is as of any turn that ends late',
  },
  {
    what: 'a model that fails',
    counted: ['failed, bad key', 'retried once'],
    killed: [
      'a model that is overloaded, twice',
      'a model that stays overloaded, and another',
      'a turn that failed, and is tried again',
    ],
  },
  {
    what: 'an approval',
    counted: ['approval asked', 'approval granted', 'approval refused'],
    killed: [
      'a tool that needs a yes',
      'a tool that needs a yes, below an answer that has grown',
      'a tool that needs a yes, and its asker goes on to something else',
      'a tool that needs a yes, and a conversation that is forgotten',
      'a tool that needs a yes, and nobody answers for a day',
      'a tool that needs a yes, under a limit that is used up and then raised',
      'a tool that needs a yes, under a limit that stays used up for a day',
    ],
  },
  {
    what: 'poison',
    counted: [],
    killed: [],
    why: 'it brings the object down by itself: crash.test.ts plays it alone',
  },
  {
    what: 'an answer that is refused',
    counted: [],
    killed: ['words that a firewall refuses'],
    why: 'how long it is refused decides what it costs',
  },
  {
    what: 'an answer in doubt',
    counted: [],
    killed: [
      'an answer that may be missing',
      'an answer of which nobody knows whether it stands',
      'an answer that gives way to a sentence, and comes late',
      'an answer in doubt that is forgotten, and comes late',
    ],
    why: 'it is a text, and two rows more for what is said of it',
  },
  {
    what: 'people who wait',
    counted: [],
    killed: ['somebody else who waits'],
    why: 'each of their turns is a text',
  },
  {
    what: 'a session that ends or is told in short',
    counted: [],
    killed: ['a session that expired', 'a session that has grown long'],
    why: 'stories/compacts-long-sessions counts it',
  },
  {
    what: 'a delivery that never came',
    counted: [],
    killed: [
      'a delivery that never came',
      'a delivery that never came, and that was answered elsewhere',
    ],
    why: 'its looks are counted with the text, an hour on',
  },
  {
    what: 'a page of the index',
    counted: [],
    killed: ['a room that is read back, page by page'],
    why: 'tables/room/archive/room-index counts it, by the message',
  },
]

/** All that are killed, in order. */
export const KILLED_TURNS = KINDS.flatMap(({ killed }) => killed).map((what) =>
  found(
    KILLED.find((turn) => turn.what === what),
    what,
  ),
)

export function countedTurn(what: string) {
  return found(COUNTED[what], what)
}

function found<T>(turn: T | undefined, what: string): T {
  if (!turn) throw new Error(`No turn is called "${what}"`)
  return turn
}
