import type { ToolContext } from './context.ts'
import { add, cancel, change, snooze } from './reminders/change.ts'
import { goes } from './reminders/goes.ts'
import { RemindersInput } from './reminders/input.ts'
import { shown } from './reminders/shown.ts'
import { EXAMPLES, WORDS } from './reminders/words.ts'
import { Change, defineTool } from './tool.ts'

export { add as addReminder } from './reminders/change.ts'

export const reminders = defineTool({
  name: 'reminders',
  description:
    'Remind people at a time, once or again and again, and do something at a time by yourself (isPrompt, as ' +
    '"every weekday at 9: summarise yesterday"). You come by yourself then: never say that you cannot. Reckon ' +
    'the time from now as you are told it, and give it as a local time with its zone. Add, change and snooze ' +
    'tell what was kept: say it back. Whoever is reminded quotes the message to snooze or cancel it; its number ' +
    'stands in it. At most 100 are to come in a room, 10 of them tasks; at least five minutes apart, tasks an ' +
    'hour. Only whoever asked for it, whoever is reminded and an administrator can change one.',
  input: RemindersInput,
  effect: 'change',
  examples: EXAMPLES,
  status: ({ action }, language) => WORDS[language].status[action],
  asks: ({ action }, language) => WORDS[language].asks[action],
  goes,
  async run(input, context) {
    if (input.action === 'show') return show(input, context)
    const make = { add, change, snooze, cancel }[input.action]
    const isNew = input.action === 'add' || input.at !== undefined
    const zone = input.zone ?? (isNew ? await theirZone(context) : undefined)
    return new Change(() => make({ ...input, ...(zone && { zone }) }, context))
  },
})

/** A day and a time are of where the asker lives, if they have told us; else of where the bot's clock is. */
export async function theirZone({ asker }: ToolContext): Promise<string | undefined> {
  const facts = await asker.memory?.recall().catch(() => null)
  return facts?.find(({ kind }) => kind === 'zone')?.words
}

/** All that are to come here: they come in this room, where everyone sees them. */
function show({ number }: RemindersInput, context: ToolContext) {
  const all = context.reminders
    .open()
    .filter((one) => number === undefined || one.number === number)
  if (!all.length) return { told: 'None are to come here.' }
  return all.map((one) => shown(one, context))
}
