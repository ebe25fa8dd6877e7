import { expect, vi } from 'vitest'
import type { World } from '../support/world.ts'

const MOST_RINGS = 30

/** Fires the alarm whenever it is due, as long as there is open work. */
export async function settles(world: World) {
  for (let rings = 0; rings < MOST_RINGS; rings++) {
    await world.rings()
    if (!(await isAtWork(world))) return
    vi.setSystemTime(Date.now() + Math.max(Number(await world.wakesIn()), 0))
  }
  throw new Error(`It rang ${MOST_RINGS} times and is not at rest`)
}

async function isAtWork(world: World) {
  const [{ open } = { open: 0 }] = await world.rows(
    `SELECT (SELECT count(*) FROM turns WHERE ended IS NULL)
       + (SELECT count(*) FROM messages WHERE turn IS NULL) AS open`,
  )
  return Number(open) > 0
}

/** How the bot writes: at once, growing before people's eyes, in parts, or more than a room should hold. */
const PARTS = Array.from({ length: 9 }, (_, n) => `Part ${n}. ${'word '.repeat(200)}\n\n`)
const FORMS = {
  whole: ['Hello.'],
  'that grows': Array.from({ length: 5 }, (_, n) => `Paragraph ${n} grows.\n\n`),
  'in parts': PARTS,
  'that grows into parts': PARTS,
  'as a file': Array.from({ length: 18 }, (_, n) => `Chapter ${n}. ${'word '.repeat(200)}\n\n`),
}
export type Form = keyof typeof FORMS

/** The model writes it, a second for each piece where it grows. */
export function writes({ model }: World, form: Form) {
  const pieces = FORMS[form]
  const before = async () => {
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
    vi.setSystemTime(Date.now() + 1_000)
  }
  model.says(pieces.join(''), form.startsWith('that grows') ? { pieces, before } : {})
}

/** Every message of it stands once, whole and in order. */
export function expectWhole(world: World, form: Form) {
  const answers = world.answers()
  switch (form) {
    case 'whole':
      return expect(answers).toEqual(['Hello.'])
    case 'that grows':
      expect(answers).toHaveLength(1)
      return expect(numbersIn(answers, /Paragraph (\d)/g)).toEqual(countTo(5))
    case 'in parts':
    case 'that grows into parts':
      expect(answers).toHaveLength(3)
      return expect(numbersIn(answers, /Part (\d)/g)).toEqual(countTo(9))
    case 'as a file':
      expect(answers).toHaveLength(2)
      expect(answers[0]).toContain('file below')
      return expect(answers[1]).toBe('answer.md')
  }
}

/**
 * What holds of every story in the end: no open work, what stands stays as it is when the room is looked
 * at, and the next message is answered, by the receipt of what went before. Gives that.
 */
export async function endsWell(world: World) {
  world.fault = null
  expect(await isAtWork(world)).toBe(false)
  const standing = world.answers()
  for (const minutes of [1, 9, 50]) await world.passes(minutes * 60_000)
  expect(world.answers()).toEqual(standing)

  await world.asks(world.david, 'why')
  expect(world.answers().slice(0, -1)).toEqual(standing)
  return world.answers().at(-1) ?? ''
}

export async function states(world: World) {
  return (await world.rows('SELECT state FROM replies ORDER BY turn, part')).map(
    ({ state }) => state,
  )
}

function numbersIn(answers: string[], pattern: RegExp) {
  return [...answers.join(' ').matchAll(pattern)].map(([, number]) => Number(number))
}

function countTo(end: number) {
  return [...Array(end).keys()]
}
