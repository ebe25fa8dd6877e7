import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const PROGRAM = new URL('../../setup/replay.ts', import.meta.url).pathname
const TURN = new URL('./support/turn.json', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'replay-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** How it ended, and all that it said. */
async function replay(...paths: string[]) {
  return await new Promise<{ code: number; said: string }>((done) => {
    execFile(process.execPath, [PROGRAM, ...paths], (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    )
  })
}

it('plays a recorded turn again on this machine, with no Worker and no network', async () => {
  const { code, said } = await replay(TURN)

  // Whoever changes the prompt on purpose is told so here, and that is all that may be different.
  const others = said
    .split('\n')
    .filter((line) => line.startsWith('≠') && !/words|changed/.test(line))
  expect(others).toEqual([])
  expect([0, 1]).toContain(code)
})

it('says what is different, and ends with 1', async () => {
  const changed = join(folder, 'changed.json')
  writeFileSync(
    changed,
    readFileSync(TURN, 'utf8').replaceAll('Tea is at four.\\"', 'Tea is at five.\\"'),
  )
  const { code, said } = await replay(changed)

  expect(code).toBe(1)
  expect(said).toContain('What it says: was "Tea is at four.", is "Tea is at five.".')
})

it('says what it cannot play, and why', async () => {
  const turn = JSON.parse(readFileSync(TURN, 'utf8'))
  const cannot: [saved: string, why: string][] = [
    [readFileSync(TURN, 'utf8').slice(0, 2_000), 'is not JSON, or only a part of it. Save it on'],
    ['', 'is not JSON'],
    ['\u0000\ufffd', 'is not JSON'],
    ['null', 'is no recorded turn. Save it on'],
    ['{"name": "firekeeper"}', 'is no recorded turn. Save it on'],
    ['{"error": "I don\'t know that turn."}', "refused, and no turn: I don't know that turn."],
    [JSON.stringify({ ...turn, version: 2 }), 'is a turn of version 2, and only version 1'],
    [JSON.stringify({ ...turn, tables: {} }), 'is a recorded turn with something missing.'],
    [JSON.stringify({ ...turn, turn: 99 }), 'Turn 99 itself is missing in this file.'],
    [JSON.stringify({ ...turn, bot: 'gone' }), 'the bot gone, which src/bots.ts does not have.'],
  ]
  for (const [saved, why] of cannot) {
    const file = join(folder, 'saved.json')
    writeFileSync(file, saved)
    const { code, said } = await replay(file)
    expect([code, said]).toEqual([2, expect.stringContaining(why)])
    expect(said.trim().split('\n')).toHaveLength(1)
  }
})

it.each([
  [[], 'Which file? npm run replay -- --help'],
  [[join(folder, 'nothing.json')], `There is no file ${join(folder, 'nothing.json')}.`],
  [[folder], `${folder} is a folder, and not a file.`],
])('asks for a file where there is none: %j', async (paths, why) => {
  const { code, said } = await replay(...paths)
  expect([code, said]).toEqual([2, expect.stringContaining(why)])
})
