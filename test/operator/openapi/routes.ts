import * as z from 'zod'
import { Words } from '../../../src/bots/words.ts'
import { Acts, Status } from '../../../src/operator/health/schemas.ts'
import {
  ItemChanges,
  KeptList,
  KeptPeople,
  KeptPerson,
  KeptRoom,
  KeptRooms,
  ListChanges,
  PersonFactChanges,
  ReminderChanges,
  RoomFactChanges,
} from '../../../src/operator/kept/schemas.ts'
import {
  BackTo,
  BotComparison,
  Bots,
  BotTest,
  BotView,
  BudgetChanges,
  BudgetsView,
  Costs,
  Doctor,
  Health,
  Now,
  QueueStats,
  ReceiptView,
  RoomView,
  Roster,
  SessionLine,
  SessionStats,
  SettingsSet,
} from '../../../src/operator/schemas.ts'
import { Settings } from '../../../src/tables/room/settings.ts'

/** What an operator's route is for, takes and answers. */
export interface Route {
  /** As Hono has it: `GET /rooms/:room/:bot`. */
  route: string
  says: string
  /** By name: where the same schema stands twice, it is written once. */
  answers: { name: string; schema: z.ZodType } | null
  takes?: { name: string; schema: z.ZodType }
  query?: string[]
  /** JSON where nothing is said. */
  type?: string
  isOpen?: boolean
  /** Where it is not 200 or 204. */
  status?: number
}

/** What is said in a line or two stands here. */
const Saved = z.strictObject({ version: z.int(), isNew: z.boolean() })
const SignInBegun = z.strictObject({ location: z.url() })
const Said = z.strictObject({ room: z.int(), words: z.string() })
const TriedAgain = z.strictObject({ turn: z.int().positive().nullable() })
const BotChanges = z.strictObject({ ...Words.partial().shape, from: z.int().nullable().optional() })

const named = (name: string, schema: z.ZodType) => ({ name, schema })

/** One row for each route: `test/operator/openapi.test.ts` says which is missing. */
export const ROUTES: Route[] = [
  {
    route: 'GET /health',
    says: 'Whether it is up, for everybody.',
    answers: named('Health', Health),
    isOpen: true,
  },
  {
    route: 'GET /doctor',
    says: 'Tries keys, models and settings, and says what to do.',
    answers: named('Doctor', Doctor),
  },
  {
    route: 'GET /status',
    says: 'What an operator should look at.',
    answers: named('Status', Status),
  },
  {
    route: 'GET /acts',
    says: 'Activity log, the newest first.',
    answers: named('Acts', Acts),
    query: ['before'],
  },
  { route: 'GET /', says: 'What goes on at this moment.', answers: named('Now', Now) },
  {
    route: 'GET /queue/stats',
    says: 'What waits and runs, and in which rooms.',
    answers: named('QueueStats', QueueStats),
  },
  {
    route: 'GET /session/stats',
    says: 'What all turns so far came to.',
    answers: named('SessionStats', SessionStats),
  },
  { route: 'GET /bots', says: 'Who speaks here.', answers: named('Bots', Bots) },
  {
    route: 'GET /bots/:bot',
    says: 'A bot as it is by now, and how it came to be so; with before, older versions.',
    answers: named('BotView', BotView),
    query: ['before'],
  },
  {
    route: 'PATCH /bots/:bot',
    says: 'Saves a new version of what is named, unless somebody saved one since `from`.',
    answers: named('Saved', Saved),
    takes: named('BotChanges', BotChanges),
  },
  {
    route: 'GET /bots/:bot/versions/:version',
    says: 'A version, and what is other there than in another one, or in the file.',
    answers: named('BotComparison', BotComparison),
    query: ['with'],
  },
  {
    route: 'PATCH /bots/:bot/version',
    says: 'Goes back to an earlier version, as a new one.',
    answers: named('Saved', Saved),
    takes: named('BackTo', BackTo),
  },
  {
    route: 'DELETE /bots/:bot/version',
    says: 'Goes by the file again.',
    answers: named('Saved', Saved),
  },
  {
    route: 'PATCH /bots/:bot/test',
    says: 'Says something in a room, once for each id.',
    answers: named('Said', Said),
    takes: named('BotTest', BotTest),
  },
  {
    route: 'PUT /bots/:bot/servers/:server/sign-in',
    says: 'Begins a sign-in at a server of other people: where to go. A browser is led there.',
    answers: named('SignInBegun', SignInBegun),
  },
  {
    route: 'DELETE /bots/:bot/servers/:server/sign-in',
    says: 'Signs out there, and deletes what was kept of it.',
    answers: null,
  },
  {
    route: 'GET /rooms',
    says: 'The rooms, whoever was heard of last first.',
    answers: named('Roster', Roster),
    query: ['q', 'page'],
  },
  {
    route: 'GET /rooms/:room/:bot/live',
    says: 'A WebSocket for what happens there.',
    answers: null,
    query: ['after'],
    status: 101,
  },
  {
    route: 'PUT /rooms/:room/:bot/turns/:turn/again',
    says: 'Tries a turn again that failed or was set aside, in a turn of its own.',
    answers: named('TriedAgain', TriedAgain),
  },
  {
    route: 'GET /rooms/:room/:bot',
    says: 'State, settings and the newest turns; with before, older ones.',
    answers: named('RoomView', RoomView),
    query: ['before'],
  },
  {
    route: 'GET /rooms/:room/:bot/turns/:turn',
    says: 'The receipt of a turn.',
    answers: named('ReceiptView', ReceiptView),
  },
  {
    route: 'GET /rooms/:room/:bot/turns/:turn/replay',
    says: 'What a turn heard, to play it again with npm run replay. Words and all.',
    answers: null,
  },
  {
    route: 'GET /rooms/:room/:bot/session',
    says: 'The session, one object a line. Words and all.',
    answers: named('SessionLine', SessionLine),
    type: 'application/jsonl',
  },
  { route: 'DELETE /rooms/:room/:bot/session', says: 'Begins the session anew.', answers: null },
  { route: 'DELETE /rooms/:room/:bot/turn', says: 'Stops the turn that runs.', answers: null },
  {
    route: 'PATCH /rooms/:room/:bot/settings',
    says: 'Changes settings of one bot in one room.',
    answers: named('SettingsSet', SettingsSet),
    takes: named('Settings', Settings),
  },
  {
    route: 'GET /costs',
    says: 'What was spent, by day, bot, room, person, model or several of them.',
    answers: named('Costs', Costs),
    query: ['by', 'from', 'to'],
  },
  {
    route: 'GET /costs.csv',
    says: 'The same for a spreadsheet.',
    answers: null,
    type: 'text/csv',
    query: ['by', 'from', 'to'],
  },
  {
    route: 'GET /budgets',
    says: 'What may be spent, and what was.',
    answers: named('BudgetsView', BudgetsView),
  },
  {
    route: 'PATCH /budgets',
    says: 'Sets what may be spent.',
    answers: named('BudgetsView', BudgetsView),
    takes: named('BudgetChanges', BudgetChanges),
  },
  {
    route: 'GET /kept',
    says: 'How much each room keeps.',
    answers: named('KeptRooms', KeptRooms),
    query: ['after'],
  },
  {
    route: 'GET /kept/people',
    says: 'Of whom how much is remembered.',
    answers: named('KeptPeople', KeptPeople),
    query: ['after'],
  },
  {
    route: 'GET /kept/people/:person',
    says: 'What somebody asked to be remembered of themselves.',
    answers: named('KeptPerson', KeptPerson),
  },
  {
    route: 'PATCH /kept/people/:person/facts/:number',
    says: 'Changes one fact of a person.',
    answers: null,
    takes: named('PersonFactChanges', PersonFactChanges),
  },
  {
    route: 'DELETE /kept/people/:person/facts/:number',
    says: 'Deletes one fact of a person.',
    answers: null,
  },
  {
    route: 'GET /kept/rooms/:room/:bot',
    says: 'What is planned, remembered and kept in a room.',
    answers: named('KeptRoom', KeptRoom),
  },
  {
    route: 'GET /kept/rooms/:room/:bot/lists/:list',
    says: 'One list with all that is on it.',
    answers: named('KeptList', KeptList),
  },
  {
    route: 'PATCH /kept/rooms/:room/:bot/lists/:list/items/:number',
    says: 'Changes one item of a list.',
    answers: null,
    takes: named('ItemChanges', ItemChanges),
  },
  {
    route: 'DELETE /kept/rooms/:room/:bot/lists/:list/items/:number',
    says: 'Deletes one item of a list.',
    answers: null,
  },
  {
    route: 'PATCH /kept/rooms/:room/:bot/:kind{reminders|facts|lists}/:number',
    says: 'Changes one reminder, one fact or the name of one list.',
    answers: null,
    takes: named('KeptChanges', z.union([ReminderChanges, RoomFactChanges, ListChanges])),
  },
  {
    route: 'DELETE /kept/rooms/:room/:bot/:kind{reminders|facts|lists|files}/:number',
    says: 'Deletes one reminder, one fact, one file, or one list with all that is on it.',
    answers: null,
  },
]
