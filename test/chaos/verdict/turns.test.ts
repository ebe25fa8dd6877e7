import { expect, it } from 'vitest'
import { Book } from '../book.ts'
import { standingOf } from '../standing.ts'
import type { World } from '../world.ts'
import type { Scene, Turn } from './scene.ts'
import { judgeTurns } from './turns.ts'

const SORRY = 'Sorry, I could not reach the model. Please ask me again later (100-1-5).'
const OTHER = 'I had an answer, but Campfire did not accept it (100-1-5).'

it.each([
  ['the same words where nobody can ask, and the receipt says so', false, 'doubtful', SORRY, []],
  ['where the receipt says that it stands', false, 'posted', SORRY, ['left double']],
  ['where somebody can ask', true, 'doubtful', SORRY, ['left double']],
  ['other words', false, 'doubtful', OTHER, ['left double']],
] as const)('a sentence that stands twice: %s', (_, lists, state, again, wrong) => {
  const turn = {
    id: 5,
    reference: '100-1-5',
    kind: 'talk',
    state: 'failed',
    messages: [7],
    crashes: 0,
    replies: [{ part: 1, message: 9, state }],
  } as unknown as Turn
  const posts: [number, string][] = [
    [8, again],
    [9, SORRY],
  ]
  const scene = {
    room: 1,
    turns: [turn],
    asked: [],
    standing: posts.map(([id, plain]) => standingOf({ id, plain, file: null })),
    removed: [],
    lists,
    world: { restored: null } as unknown as World,
  } as unknown as Scene
  const book = new Book()
  judgeTurns(scene, book)

  expect(book.findings.map(({ claim }) => claim)).toEqual(wrong)
})
