import { expect, it } from 'vitest'
import { membersIn } from '../../src/bots.ts'
import { instructionsOf } from '../../src/prompt.ts'

const { members } = membersIn('assistant=3-abc,analyst=7-def')

// A request is written down as one string, and one character beyond these makes it take two bytes for each.
it.each(members)('what $bot.name is told is written in Latin-1', ({ bot }) => {
  const { system, tools } = instructionsOf(bot)
  expect(JSON.stringify([system, tools]).match(/[^\0-\xff]/gu)).toBeNull()
})
