import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { FileWords } from '../../src/tables/room/files/words.ts'
import { useBotChanges } from '../support/bots.ts'
import { type Dropped, drop, linkIn } from '../support/drop.ts'
import { bytesOf } from '../support/files.ts'
import { pdfOf } from '../support/pdf.ts'
import { useWorld } from '../support/world.ts'

const DAY = 86_400_000

const world = useWorld()
const changeBot = useBotChanges()

const NOTES = {
  name: 'notes.md',
  bytes: bytesOf(
    `# Garden\n\n${'We water it. '.repeat(1_000)}\n\n# Fence\n\nThe walrus paints it.`,
  ),
}
const LEASE = pdf('lease.pdf', ['Rent is due on the first.', 'A walrus may live here.'])

function pdf(name: string, pages: string[]): Dropped {
  const source = pdfOf(pages)
  return { name, bytes: new Uint8Array(source.read(0, source.bytes)) }
}

/** Somebody gives these files; then a conversation begins that knows nothing of them. */
async function gave(...files: Dropped[]) {
  world.model.uses('ask_for_file').says('Please show me.')
  await world.asks(world.david, 'look at something')
  world.model.says('Thank you.')
  expect(await drop(linkIn(world), ...files)).toBe('done')
  await world.rings()
  await world.room().resetSession()
}

/** What a search finds, as the model reads it. */
async function finds(words: string, more: object = {}) {
  world.model.uses('search_conversation', { words, ...more }).says('There.')
  await world.asks(world.jason, 'where was that?')
  const [use] = await world.rows(
    "SELECT result FROM tool_uses WHERE name = 'search_conversation' ORDER BY turn DESC LIMIT 1",
  )
  const { ok, result } = JSON.parse(String(use?.result))
  expect(ok).toBe(true)
  return result as { files?: { file: number; text: string }[]; notes?: string[] }
}

async function tainted() {
  const [session] = await world.rows('SELECT tainted FROM sessions ORDER BY id DESC LIMIT 1')
  return session?.tainted ?? null
}

async function kept() {
  const [row] = await world.rows(
    'SELECT (SELECT count(*) FROM file_words) AS pieces, (SELECT count(*) FROM file_reads) AS files',
  )
  return row
}

// What reads PDFs is loaded by the first of them.
describe('what stands in files that people gave', { timeout: 30_000 }, () => {
  it('is found by whoever searches the room: which file, where in it, and some of its words', async () => {
    await gave(NOTES, LEASE)
    const { files } = await finds('WALRUS')
    expect(files).toHaveLength(2)
    expect(files).toContainEqual(
      expect.objectContaining({ file: 1, part: 2, text: expect.stringContaining('walrus paints') }),
    )
    expect(files).toContainEqual(
      expect.objectContaining({ file: 2, pages: '2', text: expect.stringContaining('may live') }),
    )
    expect(JSON.stringify(files)).toContain('lease.pdf')
  })

  it('is a stranger’s, and the session knows it from then on; a search that finds none of it leaves it be', async () => {
    await gave(NOTES)
    await finds('elephant')
    expect(await tainted()).toBeNull()
    const { files } = await finds('walrus')
    expect(files?.[0]?.text).toMatch(/^<untrusted note="From a file/)
    expect(await tainted()).not.toBeNull()
  })

  it('is read once, by the first search, and costs a row for each page or part', async () => {
    await gave(NOTES, LEASE)
    expect(await kept()).toEqual({ pieces: 0, files: 0 })
    await finds('walrus')
    expect(await kept()).toEqual({ pieces: 4, files: 2 })
    const begins = vi.spyOn(FileWords.prototype, 'begin')
    const ends = vi.spyOn(FileWords.prototype, 'end')
    await finds('walrus')
    expect([begins, ends].map(({ mock }) => mock.calls)).toEqual([[], []])
  })

  it('is found by no day or person that is not meant', async () => {
    await gave(NOTES)
    const { files: byPerson } = await finds('walrus', { person: 'David' })
    expect(byPerson).toBeUndefined()
    const { files: tooOld } = await finds('walrus', { until: '2020-01-01' })
    expect(tooOld).toBeUndefined()
  })

  it('beyond a hundred pages is not searched, and that is said', async () => {
    const pages = Array.from({ length: 101 }, (_, at) => `Page ${at + 1} of the walrus book`)
    await gave(pdf('book.pdf', pages))
    const { files, notes } = await finds('101')
    expect(files).toBeUndefined()
    expect(notes?.join(' ')).toContain('only the first 100 pages')
    expect(await kept()).toEqual({ pieces: 100, files: 1 })
  })

  it('that cannot be read is passed over, once and for all, and the rest is found', async () => {
    const { bytes } = LEASE
    await gave({ name: 'broken.pdf', bytes: bytes.slice(0, 60) }, NOTES)
    expect((await finds('walrus')).files).toHaveLength(1)
    expect(await world.rows('SELECT file, state FROM file_reads ORDER BY file')).toEqual([
      { file: 1, state: 'none' },
      { file: 2, state: 'whole' },
    ])
  })

  it('of a file over which the object has died is not read by the next life', async () => {
    await gave(NOTES)
    await world.rows("INSERT INTO file_reads (file, state, through) VALUES (1, 'reading', 0)")
    await evictDurableObject(world.room())
    const { files, notes } = await finds('walrus')
    expect(files).toBeUndefined()
    expect(notes ?? []).not.toContainEqual(expect.stringContaining('search again'))
  })

  it('is gone with the file: when it is deleted, forgotten, or the archive has had its time', async () => {
    changeBot({ approval: { delete_file: 'never' } })
    await gave(NOTES, LEASE)
    await finds('walrus')
    await world.room().resetSession()
    world.model.uses('delete_file', { file: 1 }).says('Gone.')
    await world.asks(world.david, 'delete that file')
    expect((await finds('walrus')).files).toHaveLength(1)
    await world.asks(world.david, 'forget')
    expect(await kept()).toEqual({ pieces: 0, files: 0 })

    await gave(NOTES)
    await finds('walrus')
    for (let n = 0; n < 2; n++) await world.passes(91 * DAY)
    expect(await kept()).toEqual({ pieces: 0, files: 0 })
    expect(await world.rows('SELECT count(*) AS n FROM file_chunks')).toEqual([{ n: 0 }])
  })

  it('and was deleted by an older version, which knew nothing of its words, is not found', async () => {
    await gave(NOTES, LEASE)
    await finds('walrus')
    await world.rows('DELETE FROM files WHERE number = 1')
    expect((await finds('walrus')).files).toHaveLength(1)
  })
})
