import { fold } from '../../campfire.ts'
import { timeOf } from '../../clock.ts'
import type { Pin } from '../../tables/room/pins.ts'
import type { ToolContext } from '../context.ts'
import { Change } from '../tool.ts'
import type { MemoryInput } from './input.ts'

/** The room's own: a change is made with its result. */
export function aboutRoom(input: MemoryInput, context: ToolContext) {
  switch (input.action) {
    case 'recall':
      return recall(input, context)
    case 'remember':
      return new Change(() => remember(input, context))
    case 'forget':
      return new Change(() => forget(input, context))
  }
}

function recall({ fact = '', number }: MemoryInput, context: ToolContext) {
  const words = fold(fact).split(/\s+/).filter(Boolean)
  const found = context.pins
    .all()
    .filter((pin) => number === undefined || pin.number === number)
    .filter((pin) => words.every((word) => fold(pin.fact).includes(word)))
    .map((pin) => shown(pin, context))
  return found.length ? found : { told: 'Nothing of that is remembered of this room.' }
}

/** On whose word, when, and where it was said. */
function shown(pin: Pin, { nameOf, linkTo, timeZone }: ToolContext) {
  const { number, author, fact, at, message, always } = pin
  return {
    number,
    fact,
    said_by: nameOf(author) ?? 'somebody',
    time: timeOf(at, timeZone),
    ...(message !== null && { link: linkTo(message) }),
    ...(always && { always: true }),
  }
}

function remember({ fact, number, always }: MemoryInput, context: ToolContext) {
  const { pins, asker, now } = context
  const before = number === undefined ? null : existing(number, context)
  if (fact === undefined) {
    if (!before || always === undefined) throw new Error(`${NOTHING_TO_KEEP} Nothing was changed.`)
    if (always && !before.always && !pins.mayBeAlways())
      throw tooMany({ most: 40, which: 'always' })
    pins.sayAlways(before.number, always)
    return {
      number: before.number,
      told: `${before.number} is ${always ? '' : 'not '}always said.`,
    }
  }

  if (before) pins.remove(before.number)
  const known = pins.alike(fact)
  const isAlways = always ?? before?.always ?? false
  const kept = pins.add({
    author: asker.id,
    fact,
    at: now,
    message: asker.message(),
    always: isAlways,
  })
  if (typeof kept !== 'number') throw tooMany(kept)
  if (isAlways && !pins.find(kept)?.always) pins.sayAlways(kept, true)
  return {
    number: kept,
    ...(before && before.number !== kept && { replaced: shown(before, context) }),
    told: toldOf(kept, { before, known }),
  }
}

function toldOf(kept: number, { before, known }: { before: Pin | null; known: Pin | null }) {
  if (before) return `Kept as ${kept}, in place of ${before.number}. Say what it replaces.`
  return known ? `It was remembered already, as ${kept}.` : `Kept as ${kept}.`
}

function forget({ number }: MemoryInput, context: ToolContext) {
  if (number === undefined) {
    throw new Error('Say which: give its number, as recall tells it. Nothing was forgotten.')
  }
  const { fact } = existing(number, context)
  context.pins.remove(number)
  return { told: `${number} is forgotten.`, fact }
}

function existing(number: number, { pins }: ToolContext) {
  const pin = pins.find(number)
  if (!pin) {
    throw new Error(
      `There is no fact ${number} in this room's memory. Nothing was changed. Use recall to see the numbers.`,
    )
  }
  return pin
}

const NOTHING_TO_KEEP =
  'Give the fact to remember; or with the number of one that is kept, whether it is always said.'

function tooMany({ most, which }: { most: number; which: 'always' | 'kept' }) {
  const what = which === 'always' ? 'that are always said' : 'of this room'
  return new Error(
    `There are ${most} facts ${what} already, and no more are kept. Nothing was changed. ` +
      `Forget some that are done${which === 'always' ? ', or keep this one without always' : ''}.`,
  )
}
