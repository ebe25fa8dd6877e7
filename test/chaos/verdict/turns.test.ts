import { expect, it } from 'vitest'
import { SENTENCES } from '../../../src/sentences.ts'
import { Book } from '../book.ts'
import { paired, standingOf } from '../standing.ts'
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
  const end = { state: 'failed', replies: [{ part: 1, message: 9, state }] }
  expect(claimsOf(end, { posts: [again, SORRY], lists })).toEqual(wrong)
})

it.each([
  ['what became of it, and no more', SENTENCES.approval.withdrawn, []],
  ['a sentence', OTHER, ['left double']],
] as const)('a beginning, and below it a request of which there stands %s', (_, text, wrong) => {
  const replies = [8, 9].map((message) => ({ part: 1, message, state: 'posted' }))
  const posts = ['Looking into 7.', text]
  expect(claimsOf({ state: 'replied', replies }, { posts, lists: true })).toEqual(wrong)
})

/** Of one turn, whose messages stand from number 8 on. */
function claimsOf(end: object, { posts, lists }: { posts: string[]; lists: boolean }) {
  const turn = { id: 5, reference: '100-1-5', kind: 'talk', messages: [7], crashes: 0, ...end }
  const scene = {
    room: 1,
    turns: [turn as unknown as Turn],
    asked: [],
    standing: paired(posts.map((plain, at) => standingOf({ id: 8 + at, plain, file: null }))),
    removed: [],
    lists,
    world: { restored: null } as unknown as World,
  } as unknown as Scene
  const book = new Book()
  judgeTurns(scene, book)
  return book.findings.map(({ claim }) => claim)
}
