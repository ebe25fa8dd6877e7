import type { Reminder } from '../../tables/room/reminders/to-come.ts'
import type { ToolContext } from '../context.ts'
import { timesOf } from './when.ts'

/** A reminder as the model reads it. */
export function shown(reminder: Reminder, { asker, nameOf }: ToolContext) {
  const { number, text, whom, isPrompt, cron, state } = reminder
  const name = (person: number) =>
    person === asker.id ? 'the asker' : (nameOf(person) ?? 'somebody')
  return {
    number,
    text,
    ...(isPrompt ? { isPrompt } : { for: whom === null ? 'everyone here' : name(whom) }),
    asked_by: name(reminder.asker),
    ...(cron && { cron }),
    ...timesOf(reminder),
    ...(state !== 'open' && { state }),
  }
}

/** Campfire rings where somebody is mentioned, and they can be once a message has shown us how. */
export function ringing({ whom, isPrompt }: Reminder, context: ToolContext) {
  const { people, isDirect, asker, nameOf } = context
  if (whom === null || isPrompt || isDirect || people.canBeMentioned(whom)) return {}
  const [who, how] =
    whom === asker.id
      ? ['their', 'they mention themselves here once']
      : [`${nameOf(whom) ?? 'somebody'}’s`, 'somebody mentions them here once']
  return {
    ring: `You cannot ring ${who} phone here yet. Say so now, and that you can when ${how}.`,
  }
}
