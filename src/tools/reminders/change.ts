import { DAY, spelledTime } from '../../clock.ts'
import { isClaimed } from '../../tables/room/message.ts'
import { isToCome, type Reminder } from '../../tables/room/reminders/to-come.ts'
import type { ToolContext } from '../context.ts'
import type { RemindersInput } from './input.ts'
import { ringing, shown } from './shown.ts'
import { NOTHING, whenIn } from './when.ts'

/** `whom`: of whom more is known than a name. */
export function add(input: RemindersInput, context: ToolContext, whom?: number) {
  const { reminders, asker, now } = context
  mayChange(context)
  const { text, isPrompt = false } = input
  if (text === undefined) throw new Error(`Give the text of the reminder. ${NOTHING}`)
  const when = whenIn(input, context)
  hasRoom({ isPrompt }, context)
  const added = reminders.add({
    ...when,
    asker: asker.id,
    whom: isPrompt ? null : (whom ?? whomIn(input.whom ?? 'me', context)),
    text,
    isPrompt,
    language: asker.language,
    at: now,
    message: asker.message(),
    isTainted: context.isWary(),
  })
  return told(added, context)
}

export function change(input: RemindersInput, context: ToolContext) {
  const reminder = theirs(input.number, context)
  const { text, at, cron, zone, whom, isPrompt = reminder.isPrompt } = input
  if (isPrompt !== reminder.isPrompt) {
    throw new Error(
      `A reminder stays one, and so does a task: cancel it, and add another. ${NOTHING}`,
    )
  }
  // It goes by the rights and the money of whoever asked for it, so the words are theirs.
  if (reminder.isPrompt && text !== undefined && reminder.asker !== context.asker.id)
    throw new Error(`${NOT_THEIR_WORDS} ${NOTHING}`)
  const isTimed = at !== undefined || cron !== undefined || zone !== undefined
  const isPaused = reminder.state === 'paused'
  if (!isTimed && !isPaused && text === undefined && whom === undefined) {
    throw new Error(`Give what is to be changed of it. ${NOTHING}`)
  }
  const times = isTimed || isPaused ? { at, cron: cron ?? kept(input, reminder) } : null
  if (times && !isToCome(reminder)) hasRoom(reminder, context)
  context.reminders.change(reminder, {
    at: context.now,
    ...(times && {
      ...whenIn({ ...times, zone: zone ?? zoneOf(times, reminder), isPrompt }, context),
      state: 'open' as const,
      snoozed: null,
    }),
    ...(text !== undefined && { text, isTainted: context.isWary() }),
    ...(whom !== undefined && !isPrompt && { whom: whomIn(whom, context) }),
  })
  return told(reminder, context)
}

/** A line of cron that is to go on, in another zone or after a rest. */
function kept({ at }: RemindersInput, { cron }: Reminder) {
  return at === undefined ? (cron ?? undefined) : undefined
}

/** A line of cron stays where it is; a time that somebody names is of where they are, and not of whoever asked first. */
function zoneOf({ at }: Pick<RemindersInput, 'at'>, { zone }: Reminder) {
  return at === undefined ? zone : undefined
}

/** Once more, beside the times that it has anyway. */
export function snooze(input: RemindersInput, context: ToolContext) {
  const { reminders, asker, now } = context
  const last = reminders.lastFor(asker.id, now - DAY)
  const reminder = theirs(input.number ?? last?.number, context)
  if (reminder.isPrompt)
    throw new Error(`A task cannot be snoozed: change when it is due. ${NOTHING}`)
  const { due, zone } = whenIn({ at: input.at, zone: input.zone }, context)
  if (!isToCome(reminder)) hasRoom(reminder, context)
  const state = reminder.state === 'paused' ? reminder.state : 'open'
  reminders.change(reminder, { snoozed: due, state })
  const isNext = due !== null && reminder.next === due
  return { ...told(reminder, context), ...(isNext && { next: spelledTime(due, zone) }) }
}

export function cancel({ number }: RemindersInput, context: ToolContext) {
  const reminder = theirs(number, context)
  const { text } = reminder
  context.reminders.cancel(reminder)
  return { told: `${reminder.number} is cancelled, and does not come any more.`, text }
}

function told(reminder: Reminder, context: ToolContext) {
  return {
    ...shown(reminder, context),
    ...ringing(reminder, context),
    told: 'Say back its number, what, for whom, and when: the day of the week, the date, the time, the zone and both times, if there are two.',
  }
}

/** Only whoever asked for it, whoever is reminded and an administrator. */
function theirs(number: number | undefined, context: ToolContext): Reminder {
  const { reminders, asker, people } = context
  mayChange(context)
  if (number === undefined)
    throw new Error(`Say which: give its number, as show tells it. ${NOTHING}`)
  const reminder = reminders.find(number)
  if (!reminder || reminder.state === 'cancelled') {
    throw new Error(`There is no reminder ${number} here. ${NOTHING} Use show to see the numbers.`)
  }
  const isTheirs = reminder.asker === asker.id || reminder.whom === asker.id
  if (!isTheirs && people.roleOf(asker.id) !== 'administrator') {
    throw new Error(
      `Reminder ${number} is not the asker’s: whoever asked for it, whoever is reminded and an administrator can change it. ${NOTHING}`,
    )
  }
  return reminder
}

const NOT_THEIR_WORDS =
  'A task is done in the name of whoever set it up, so nobody else gives it other words. Its time can be changed, ' +
  'and it can be cancelled; whoever wants other words can set up a task of their own.'

function mayChange({ asker }: ToolContext) {
  if (isClaimed(asker.id)) throw new Error(NOBODY)
  if (asker.isAway) throw new Error(AWAY)
}

const NOBODY = `Nobody can be sure who asks here, so nothing is set up for them. They can ask you in Campfire itself. ${NOTHING}`
const AWAY = `Nobody has asked just now: a task that is due sets up no reminders and changes none. ${NOTHING}`

/** Null: everyone in the room. */
function whomIn(whom: string, { asker, people }: ToolContext): number | null {
  const [one, ...others] = people.called(whom)
  if (whom === 'me' || (!one && /^me$/i.test(whom))) return asker.id
  if (whom === 'room' || (!one && EVERYONE.test(whom))) return null
  if (!one) {
    throw new Error(
      `Nobody here is called ${whom}, as far as you know. ${NOTHING} Ask who is meant.`,
    )
  }
  if (others.length) {
    const names = [one, ...others].map(({ name }) => name).join(', ')
    throw new Error(
      `Several people here may be meant: ${names}. ${NOTHING} Ask for the whole name; where that is the same, whoever is meant can ask for it themselves.`,
    )
  }
  return one.id
}

const EVERYONE = /^(the |this )?(room|team|everyone|everybody|all|everyone here)$/i

function hasRoom({ isPrompt }: Pick<Reminder, 'isPrompt'>, { reminders }: ToolContext) {
  const most = reminders.full({ isPrompt })
  if (most === null) return
  const what = isPrompt && most < 100 ? 'tasks' : 'reminders'
  throw new Error(
    `There are ${most} ${what} to come here already, and no more are taken. ${NOTHING} Show them, and ask which to cancel.`,
  )
}
