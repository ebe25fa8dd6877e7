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

it('says what it cannot play', async () => {
  expect(await replay()).toMatchObject({ code: 2 })
  const { code, said } = await replay(new URL('../../package.json', import.meta.url).pathname)
  expect([code, said]).toEqual([2, expect.stringContaining('is no recorded turn')])
})
