import { describe, expect, it } from 'vitest'
import { safeName } from '../../../src/tables/room/files/safe-name.ts'
import { CHUNK, Files, MOST_BYTES, MOST_FILES } from '../../../src/tables/room/files.ts'
import { bytesOf, pdf, png } from '../../support/files.ts'
import { inRoom, type Rows } from '../../support/rows.ts'

const FRESH = {
  name: 'plan.txt',
  author: 1,
  origin: 'dropped' as const,
  at: 0,
  message: null,
  turn: 1,
}

function withFiles(work: (files: Files, rows: Rows) => void | Promise<void>) {
  return inRoom((rows) => work(new Files(rows.sql), rows))
}

async function added(files: Files, bytes: Uint8Array, changes: Partial<typeof FRESH> = {}) {
  const file = await files.add({ ...FRESH, ...changes }, bytes)
  if ('full' in file) throw new Error(`Full: ${file.full}`)
  return file
}

function pattern(length: number) {
  return Uint8Array.from({ length }, (_, index) => index % 251)
}

describe('a file', () => {
  it('comes back as it was given, whole and in part', () =>
    withFiles(async (files) => {
      const bytes = pattern(2 * CHUNK + 5)
      const { number, sha256 } = await added(files, bytes)
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

      expect(files.read(number)).toEqual(bytes)
      expect(files.read(number, CHUNK - 2, CHUNK + 3)).toEqual(bytes.slice(CHUNK - 2, CHUNK + 3))
      expect(files.read(number, 2 * CHUNK)).toEqual(bytes.slice(2 * CHUNK))
      expect(sha256).toBe([...hash].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
    }))

  it('is read by the rows that are asked for, and costs a row for each million', () =>
    withFiles(async (files, { cost }) => {
      const { number } = await added(files, pattern(3 * CHUNK))
      expect(cost().written).toBeLessThanOrEqual(5)

      files.read(number, CHUNK, CHUNK + 10)
      expect(cost().read).toBeLessThanOrEqual(2)
    }))

  it('is not there before all of it is', () =>
    withFiles(async (files) => {
      const number = files.begin(FRESH, CHUNK + 1)
      if (typeof number !== 'number') throw new Error('full')
      files.append(number, 0, pattern(CHUNK))

      expect(files.list()).toEqual([])
      expect(files.find(number)).toBeNull()
      expect(await files.contentOf(number)).toBeNull()
      expect(files.append(number, 1, pattern(2))).toBe(false)
    }))

  it('leaves its number to nobody when it is deleted, and none of its bytes', () =>
    withFiles(async (files, { sql }) => {
      const first = await added(files, pattern(10))
      const last = await added(files, pattern(20))
      for (const { number } of [last, first]) expect(files.remove(number)).toBe(true)
      expect(files.remove(last.number)).toBe(false)

      expect(files.list()).toEqual([])
      expect(() => files.read(last.number)).toThrow(`${last.number}`)
      expect(sql.exec('SELECT * FROM file_chunks').toArray()).toEqual([])
      expect((await added(files, pattern(1))).number).toBe(last.number + 1)
      expect(sql.exec('SELECT * FROM files').toArray()).toHaveLength(1)
    }))

  it('is forgotten with whoever gave it', () =>
    withFiles(async (files) => {
      await added(files, pattern(1))
      const other = await added(files, pattern(1), { author: 2 })
      files.forget(1)
      expect(files.list().map(({ number }) => number)).toEqual([other.number])
      files.forget(null)
      expect(files.list()).toEqual([])
    }))
})

describe('a room', () => {
  it('takes no file of more than 25 MB', () =>
    withFiles((files) => {
      expect(files.begin(FRESH, MOST_BYTES)).toBe(1)
      expect(files.begin(FRESH, MOST_BYTES + 1)).toEqual({ full: 'file' })
    }))

  it('takes no more than 200 MB, and forgets what never came', () =>
    withFiles((files) => {
      for (let n = 1; n <= 8; n++) expect(files.begin(FRESH, MOST_BYTES)).toBe(n)
      expect(files.begin(FRESH, 1)).toEqual({ full: 'room' })
      expect(files.begin({ ...FRESH, at: 15 * 60_000 + 1 }, 1)).toBe(9)
    }))

  it('takes no more than a list can show', () =>
    withFiles((files) => {
      for (let n = 1; n <= MOST_FILES; n++) files.begin(FRESH, 0)
      expect(files.begin(FRESH, 0)).toEqual({ full: 'files' })
    }))
})

it('is known by what is in it, and a PDF by its pages', () =>
  withFiles(async (files) => {
    const name = 'lies.txt'
    const kinds = [
      await added(files, png(640, 480), { name }),
      await added(files, pdf(3), { name }),
    ]
    expect(kinds).toMatchObject([
      { kind: 'png', what: null, width: 640, height: 480, pages: null },
      { kind: 'pdf', width: null, pages: 3 },
    ])
    expect(await added(files, bytesOf('MZ'))).toMatchObject({ kind: 'other', what: 'program' })
  }))

it.each([
  ['Budget 2026.xlsx', 'Budget 2026.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\plan.txt', 'plan.txt'],
  ['a\u202etxt.exe', 'atxt.exe'],
  ['two\nlines.txt', 'two lines.txt'],
  ['"><script>.png', '___script_.png'],
  ['...', 'file'],
  ['', 'file'],
  [`${'x'.repeat(200)}.csv`, `${'x'.repeat(115)}….csv`],
])('%j is called %j', (name, safe) => {
  expect(safeName(name)).toBe(safe)
})
