import { evictDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { ServerTools } from '../../src/bots/server-tools.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { askForFile } from '../../src/tools/ask-for-file.ts'
import { deleteFile } from '../../src/tools/delete-file.ts'
import { settles } from '../faults/story.ts'
import { useBotChanges } from '../support/bots.ts'
import { drop, linkIn } from '../support/drop.ts'
import { bytesOf, pdf } from '../support/files.ts'
import { ran } from '../support/model/server-tools.ts'
import { type Block, failure } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const SUMS = { name: 'sums.csv', bytes: bytesOf('who,sum\nDavid,1\nKevin,2\n') }
const text = (words: string) => ({ type: 'text' as const, text: words })

function has(code: object | null = {}) {
  change({
    serverTools: ServerTools.parse(code ? { code } : {}),
    tools: [askForFile, deleteFile],
    // What comes from outside would have it ask before anything of people's goes.
    trusted: ['files', 'code_execution'],
    reply: 'whole',
  })
}

async function gives(
  file = SUMS,
  answer = 'Three in all.',
  code: Block[] = ran('sum()'),
  more: { container?: { id: string; expires_at: string } } = {},
) {
  world.model.uses('ask_for_file').says('Please show me the file.')
  await world.asks(world.david, 'add it up')
  const link = linkIn(world)
  world.model.gives([...code, text(answer)], more)
  expect(await drop(link, file)).toBe('done')
  await world.rings()
}

const asked = () => JSON.stringify(world.model.prompts.at(-1)?.messages)
const there = () => [...world.model.files.kept.values()].map(({ name }) => name)
const uploads = () => world.rows('SELECT file, session, state, id FROM uploads')

describe('a file that somebody gives', () => {
  it('lies beside the code, handed over once in a session', async () => {
    has()
    await gives()
    expect(there()).toEqual(['sums.csv'])
    const [kept] = world.model.files.kept.values()
    expect(kept?.bytes).toEqual(SUMS.bytes)
    expect(asked()).toContain('"type":"container_upload","file_id":"file_01"')
    expect(asked()).toContain('File 1 lies beside the code that you run, under its name (sums.csv)')
    expect(world.answers().at(-1)).toBe('Three in all.')

    const before = asked()
    world.model.says('Still three.')
    await world.asks(world.david, 'sure?')
    expect(asked().slice(0, before.length - 3)).toBe(before.slice(0, -3))
    expect(world.model.files.asked).toEqual(['post'])
  })

  it('of many million bytes is handed over as it is read', async () => {
    has()
    const bytes = new Uint8Array(2_100_000)
    bytes.forEach((_, at) => {
      bytes[at] = at % 251
    })
    await gives({ name: 'raw <1>.bin', bytes })
    const [kept] = world.model.files.kept.values()
    expect([kept?.name, kept?.bytes.length]).toEqual(['raw _1_.bin', bytes.length])
    expect(kept?.bytes.every((byte, at) => byte === bytes[at])).toBe(true)
  })

  it('is handed to nobody where there is no code', async () => {
    has(null)
    await gives(SUMS, 'Three.', [])
    expect(there()).toEqual([])
  })

  it('of a large PDF is named and not sent each time, whether there is code or not', async () => {
    change({ tools: [askForFile], reply: 'whole' })
    world.model.uses('ask_for_file').says('Please show me the file.')
    await world.asks(world.david, 'read it')
    const link = linkIn(world)
    world.model.says('An offer.')
    const bytes = new Uint8Array(9_000_000)
    bytes.set(pdf())
    await drop(link, { name: 'offer.pdf', bytes })
    await world.rings()
    expect(asked()).toContain('"source":{"type":"file","file_id":"file_01"},"title":"offer.pdf"')
    expect(asked()).not.toContain('container_upload')
    expect(world.model.headers.at(-1)?.['anthropic-beta']).toBe('files-api-2025-04-14')
  })
})

describe('what is deleted here is deleted there', () => {
  it('by whoever wants it gone', async () => {
    has()
    await gives()
    world.model.uses('delete_file', { file: 1 }).says('Gone.')
    await world.asks(world.david, 'delete that file')
    expect(there()).toEqual([])
    expect(await uploads()).toEqual([])
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    expect(asked()).toContain('File 1 was deleted.')
    expect(asked()).not.toContain('container_upload')
  })

  it('with all that code has printed, and no code runs again where it lies', async () => {
    has()
    const expires_at = new Date(Date.now() + DAY).toISOString()
    await gives(SUMS, 'Three.', ran('sum()'), { container: { id: 'container_1', expires_at } })
    world.model.thinks('Four.').says('Yes.')
    await world.asks(world.david, 'sure?')
    expect(world.model.prompts.at(-1)?.container).toBe('container_1')
    expect(asked()).toContain('"stdout":"4\\n"')
    world.model.uses('delete_file', { file: 1 }).says('Gone.')
    await world.asks(world.david, 'delete that file')
    for (const evicts of [false, true]) {
      if (evicts) await evictDurableObject(world.room())
      world.model.says('Hello.')
      await world.asks(world.david, 'hello')
      expect(asked()).toContain('"stdout":"[gone with a file that was deleted]"')
      expect(asked()).not.toContain('"type":"thinking"')
      expect(world.model.prompts.at(-1)?.container).toBeUndefined()
    }
    expect(
      await world.rows(
        "SELECT 1 FROM steps WHERE content LIKE '%4\\n%' OR diagnostics LIKE '%container_1%'",
      ),
    ).toEqual([])
  })

  it.each([
    ['with all that was said', () => world.asks(world.david, 'forget')],
    ['when its session is over', () => world.passes(DAY + MINUTE)],
    [
      'by whoever runs this',
      async () => {
        await world.room().removeKept({ kind: 'file', number: 1 })
        await world.rings()
      },
    ],
  ])('%s', async (_, ends) => {
    has()
    await gives()
    await ends()
    expect(there()).toEqual([])
    expect(await uploads()).toEqual([])
  })

  it('in the end, though the API is away for a while', async () => {
    has()
    await gives()
    world.model.files.troubles.push(failure(500), new TypeError('lost'))
    await world.asks(world.david, 'forget')
    expect(there()).toEqual(['sums.csv'])
    expect(await world.wakesIn()).toBe(MINUTE)
    await world.passes(MINUTE)
    await world.passes(2 * MINUTE)
    expect(there()).toEqual([])
    expect(await uploads()).toEqual([])
  })

  it('or is given up where nobody ever takes that', async () => {
    has()
    await gives()
    for (let n = 0; n < 12; n++) world.model.files.troubles.push(failure(403))
    await world.asks(world.david, 'forget')
    for (let n = 0; n < 12; n++) await world.passes(2 ** n * MINUTE)
    expect(await uploads()).toEqual([])
    expect(world.model.files.asked.filter((one) => one.startsWith('delete'))).toHaveLength(12)
  })

  it('also where it goes while it is on its way', async () => {
    has()
    world.model.uses('ask_for_file').says('Please show me the file.')
    await world.asks(world.david, 'add it up')
    const link = linkIn(world)
    world.fault = async (request, when) => {
      if (when === 'after' && request.method === 'POST' && request.url.includes('/v1/files'))
        await world.room().removeKept({ kind: 'file', number: 1 })
      return undefined
    }
    world.model.says('It is gone.')
    await drop(link, SUMS)
    await world.rings()
    expect(asked()).not.toContain('container_upload')
    expect(there()).toEqual([])
    expect(await uploads()).toEqual([])
  })
})

describe('where it cannot be handed over', () => {
  const said = (answer: string) => `${answer}\n\n${SENTENCES.serverTools.notHanded('sums.csv')}`

  it('the bot goes on without, says so once, and tries again a day later', async () => {
    has()
    world.model.files.isThere = false
    await gives()
    expect(world.answers().at(-1)).toBe(said('Three in all.'))
    expect(asked()).not.toContain('container_upload')
    world.model.says('Three.')
    await world.asks(world.david, 'sure?')
    expect(world.answers().at(-1)).toBe('Three.')
    await gives({ ...SUMS, name: 'more.csv' }, 'Six.')
    expect(world.answers().at(-1)).toBe('Six.')
    expect(world.model.files.asked).toEqual(['post'])

    await world.passes(DAY + MINUTE)
    world.model.files.isThere = true
    world.model.says('They added up.')
    await gives({ ...SUMS, name: 'new.csv' }, 'Nine.')
    expect(there()).toEqual(['new.csv'])
  })

  it('goes on without when it has vanished there', async () => {
    has()
    await gives()
    world.model.files.kept.clear()
    world.model.says('Still three.')
    await world.asks(world.david, 'sure?')
    expect(world.answers().at(-1)).toBe('Still three.')
    expect(asked()).not.toContain('container_upload')
    expect(world.model.refused.splice(0)).toHaveLength(1)
  })

  it.each([
    ['is tried once more', 1, 'Three in all.'],
    ['is done without', 2, said('Three in all.')],
  ])('in passing, it %s', async (_, times, answer) => {
    has()
    for (let n = 0; n < times; n++) world.model.files.troubles.push(failure(529))
    await gives()
    await settles(world)
    expect(world.answers().at(-1)).toBe(answer)
  })
})

it('is handed over again where the object is killed on the way, and named once', async () => {
  has()
  world.model.uses('ask_for_file').says('Please show me the file.')
  await world.asks(world.david, 'add it up')
  const link = linkIn(world)
  let deaths = 0
  world.fault = async (request, when) => {
    const isUpload = request.method === 'POST' && request.url.includes('/v1/files')
    if (when === 'after' && isUpload && deaths++ < 1) await world.dies()
    return undefined
  }
  world.model.gives([...ran('sum()'), text('Three in all.')])
  await drop(link, SUMS)
  await world.handles()
  await world.handles()
  expect(world.answers().at(-1)).toBe('Three in all.')
  expect(asked().match(/container_upload/g)).toHaveLength(1)
  expect(await uploads()).toEqual([{ file: 1, session: 1, state: 'there', id: 'file_02' }])
  // The other was told to nobody, and ends there by itself.
  expect(there()).toEqual(['sums.csv', 'sums.csv'])
  expect((await exports.default.fetch(link)).status).toBe(410)
})
