import { isClaimed } from '../../tables/room/message.ts'
import type { ToolContext } from '../context.ts'

/** Whose it is to be, by number: a member who is known here. Null: nobody's. */
export function memberCalled(name: string, { asker, people }: ToolContext): number | null {
  if (/^(nobody|no one|none)$/i.test(name)) return null
  if (/^me$/i.test(name)) {
    if (isClaimed(asker.id)) throw new Error(NOBODY_KNOWN)
    return asker.id
  }
  const [found, ...others] = people.called(name)
  if (!found) throw new Error(unknown(name))
  if (others.length) {
    const names = [found, ...others].map((one) => one.name).join(', ')
    throw new Error(
      `Several people here are called ${name}: ${names}. Nothing was done. Ask for the whole name, or where ` +
        'that is the same, leave it without.',
    )
  }
  return found.id
}

function unknown(name: string) {
  return (
    `Nobody called ${name} is known in this room. Nothing was done. Somebody is known who has spoken here or ` +
    'was mentioned with @: ask that they be mentioned, or how they are called here.'
  )
}

const NOBODY_KNOWN =
  'Nobody can be sure who asks here, so "me" is nobody. Nothing was done. Use the name of a person in this room.'

/** Campfire rings where somebody is mentioned, and they can be once a message has shown us how. */
export function ringing(assignee: number | null, context: ToolContext): string[] {
  const { asker, isDirect, nameOf, people } = context
  if (assignee === null || assignee === asker.id || isDirect) return []
  const name = nameOf(assignee) ?? 'somebody'
  return people.canBeMentioned(assignee)
    ? [`Only if you write @${name} in your answer are they told.`]
    : [
        `You cannot ring ${name}’s phone here yet. Say so, and that you can once somebody has mentioned them here.`,
      ]
}
