import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { membersIn } from './support/members.ts'

const MOST = 15
const ours = membersIn(resolve(import.meta.dirname, '../..'))

// Whoever reaches for more of one thing does too much with it. Of what is nothing but data whoever stores or shows it
// uses all: a row is as wide as its table. Nor is it use to make one, as each language makes its sentences.
it('no file uses more than fifteen members of one type', () => {
  const wide = ours.used.filter(({ members }) => members.length > MOST)

  expect(ours.used.length).toBeGreaterThan(1_000)
  expect(wide.map(({ file, type, members }) => `${file}: ${type}: ${members.join(' ')}`)).toEqual(
    [],
  )
})

it('nobody needs more than fifteen things of a turn at once', () => {
  const needs = ours.declared.filter(({ file }) => file.endsWith('/needs.ts'))

  expect(needs.length).toBeGreaterThan(8)
  expect(needs.filter(({ members }) => members > MOST)).toEqual([])
})

it('and is counted through whatever stands between a type and its use', async () => {
  const root = await project({
    'turn.ts': `
      export interface Row { id: number; state: string }
      export interface Left { row: Row; stop(): void }
      export interface Right { words: string; say(): void }
      export type Turn = Left & Right
      export class Signs { #row = 1; show() { return this.#row } }
    `,
    'use.ts': `
      import type { Left, Signs, Turn } from './turn.ts'
      export function use({ row: { id } }: Pick<Turn, 'row'>, turn: Left & { signs: Signs }) {
        turn.signs.show()
        const { words, ...rest } = turn as unknown as Turn
        return [id, words, rest, (turn as Partial<Turn>).say]
      }
    `,
  })

  expect(membersIn(root).used.filter(({ file }) => file === 'src/use.ts')).toEqual([
    { file: 'src/use.ts', type: 'Left', members: ['row'] },
    { file: 'src/use.ts', type: 'Right', members: ['words', 'say'] },
    { file: 'src/use.ts', type: 'Turn', members: ['row', 'words', 'say'] },
    { file: 'src/use.ts', type: 'Signs', members: ['show'] },
  ])
})

async function project(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'types-'))
  onTestFinished(async () => await rm(root, { recursive: true }))
  await mkdir(join(root, 'src'))
  const config = { compilerOptions: { noEmit: true, strict: true, types: [] }, include: ['src'] }
  await writeFile(join(root, 'tsconfig.json'), JSON.stringify(config))
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, 'src', name), text)
  return root
}
