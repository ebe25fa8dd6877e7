import { runInDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { ServerTools } from '../../src/bots/server-tools.ts'
import { ReceiptView } from '../../src/operator/schemas.ts'
import { SENTENCES, sentencesFor } from '../../src/sentences.ts'
import { leftOfMade } from '../../src/step.ts'
import { OUTCOMES } from '../../src/tables/room/files/made.ts'
import { defineTool } from '../../src/tools/tool.ts'
import { settles } from '../faults/story.ts'
import { useBotChanges } from '../support/bots.ts'
import { bytesOf, GIF, PNG, pdf } from '../support/files.ts'
import { ran, ranInShell } from '../support/model/server-tools.ts'
import { failure } from '../support/sse.ts'
import { tablesWith } from '../support/tables-with.ts'
import { workbookOf } from '../support/workbook.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

function has(changes = {}) {
  change({ serverTools: ServerTools.parse({ code: {} }), reply: 'whole', ...changes })
}

const text = (words: string) => ({ type: 'text' as const, text: words })
const posts = () => world.campfire.postsOf(world.assistant, world.watercooler)
const isAttaching = (request: Request) =>
  request.headers.get('content-type')?.startsWith('multipart/form-data') ?? false

/** Code that leaves these files, and an answer after it. */
async function makes(
  files: [name: string, bytes: Uint8Array | string][],
  { answer = 'Here it is.', changes = {} } = {},
) {
  has(changes)
  const ids = files.map(([name, bytes]) => world.model.files.made(name, bytes))
  world.model.gives([...ran('plot()', 'srv_3', ids), text(answer)])
  await world.asks(world.david, 'plot it')
}

function kept(name: string) {
  return posts().find(({ file }) => file === name)?.bytes
}

describe('what code makes', () => {
  it('stands in the room above the answer, as it was made, and the receipt names it', async () => {
    has()
    const plot = world.model.files.made('plot.png', PNG)
    const sums = world.model.files.made('sums.xlsx', await bookBytes())
    world.model
      .gives([...ran('plot()', 'srv_3', [plot]), ...ranInShell('ls', 'srv_4', [sums])], {
        stopReason: 'pause_turn',
      })
      .says('Beavers grow.')
      .says('Yes.')
    await world.asks(world.david, 'plot the beavers')
    expect(world.answers()).toEqual(['plot.png', 'sums.xlsx', 'Beavers grow.'])
    expect(kept('plot.png')).toEqual(PNG)

    await world.asks(world.david, 'why')
    expect(world.answers().at(-1)).toContain('attached: plot.png, sums.xlsx')
    const path = 'https://firekeeper.example.com/rooms/1/assistant/turns/1'
    const headers = { authorization: 'Bearer letmein' }
    const receipt = ReceiptView.parse(await (await exports.default.fetch(path, { headers })).json())
    expect(receipt.madeFiles).toEqual([
      { name: 'plot.png', outcome: 'attached' },
      { name: 'sums.xlsx', outcome: 'attached' },
    ])
    // Each was asked for once, and what was made is sent back as it came.
    expect(world.model.files.asked).toHaveLength(4)
    await world.asks(world.david, 'sure?')
    expect(world.model.bodies.at(-1)).toContain(`"file_id":"${sums}"`)
  })

  it('is told to the model only where there is code', async () => {
    await makes([])
    const told = () => JSON.stringify(world.model.prompts.at(-1)?.system)
    expect(told()).toContain('is put into the room above your answer')
    change({ serverTools: ServerTools.parse({}) })
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    expect(told()).not.toContain('is put into the room above your answer')
  })

  it('stands there as well where the answer grows, and where a yes is asked for', async () => {
    const run = vi.fn(async () => 'sent')
    const input = z.strictObject({})
    const send = defineTool({ name: 'send', description: 'Sends.', input, effect: 'outside', run })
    has({ tools: [send], reply: 'grow' })
    const id = world.model.files.made('plot.png', PNG)
    const use = { type: 'tool_use' as const, id: 'toolu_s', name: 'send', input: {} }
    world.model.gives([text('First a plot.\n\n'), ...ran('plot()', 'srv_3', [id]), use])
    await world.asks(world.david, 'plot and send it')
    expect(world.answers()).toContain('plot.png')
    expect(world.answers().at(-1)).toContain('May I run send?')
  })

  it.each([
    ['is known by what is in it', 'report.pdf', PNG, 'report.pdf.png'],
    ['leads nowhere', '../../etc/plot\u202e.png', PNG, 'etc-plot.png'],
    ['is not taken for the answer', 'answer.pdf', pdf(), 'answer-1.pdf'],
    ['has a name', '', bytesOf('a,b\n1,2\n'), 'file.csv'],
  ])('%s: %s', async (_, name, bytes, seen) => {
    await makes([[name, bytes]])
    expect(world.answers()).toEqual([seen, 'Here it is.'])
  })

  it('runs nothing when it is opened in a spreadsheet', async () => {
    await makes([['sums.csv', 'who,sum\n=cmd|x,-1\n']])
    const read = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(
      kept('sums.csv') ?? undefined,
    )
    expect(read).toBe("\ufeffwho,sum\n'=cmd|x,-1\n")
  })

  it('is not mistaken for another of the same name', async () => {
    await makes([
      ['plot.png', PNG],
      ['plot.png', PNG],
      ['column.csv', 'n\n1\n2\n'],
    ])
    expect(world.answers()).toEqual(['plot.png', 'plot-2.png', 'column.csv', 'Here it is.'])
  })
})

describe('what is not in the room', () => {
  const left = (items: string) =>
    `Here it is.\n\n(Not everything that the code made is here: ${items}.)`

  it('is named in one sentence behind the answer', async () => {
    const many = Array.from({ length: 7 }, (_, n): [string, Uint8Array] => [`${n}.png`, PNG])
    await makes([['run me.exe', 'MZ'], ['_b_.gif', GIF], ['page.html', '<html>'], ...many])
    expect(world.answers().slice(0, 5)).toEqual(['0.png', '1.png', '2.png', '3.png', '4.png'])
    const kinds = ['run me.exe', '_b_.gif', 'page.html'].map((name) => `${name} – ${SAY.kind}`)
    expect(world.answers().slice(5)).toEqual([
      left([...kinds, `another file – ${SAY.many}`].join('; ')),
    ])
  })

  it('is so where it is too large to hold, or is not there any more', async () => {
    const { files } = world.model
    const huge = files.made('huge.pdf', new Uint8Array(8_000_001))
    const gone = files.made('gone.png', PNG)
    files.kept.delete(gone)
    const ids = [huge, gone, `../files/${huge}`]
    has()
    world.model.gives([...ran('plot()', 'srv_3', ids), text('Here it is.')])
    await world.asks(world.david, 'plot it')
    expect(world.answers()).toEqual([
      left(`another file – ${SAY.large}; another file – ${SAY.lost}`),
    ])
    // Nothing was fetched of what is too large, and nothing that is no name of a file was asked for.
    expect(files.asked).toEqual([`get ${huge}`, `get ${gone}`])
  })

  it.each([
    ['comes after all where the API is away for a moment', 2, ['plot.png', 'Here it is.']],
    ['is given up where it stays away', 3, [left("another file – I couldn't fetch it")]],
  ])('%s', async (_, times, answers) => {
    for (let n = 0; n < times; n++)
      world.model.files.troubles.push(n % 2 ? new TypeError('lost') : failure(529))
    await makes([['plot.png', PNG]])
    await settles(world)
    expect(world.answers()).toEqual(answers)
    expect(world.model.prompts).toHaveLength(1)
  })

  it('is asked for only of one who has such files', async () => {
    world.model.files.isThere = false
    await makes([['plot.png', PNG]])
    expect(world.answers()).toEqual([left(`another file – ${SAY.lost}`)])
  })

  it('keeps no answer waiting where Campfire takes words and no files', async () => {
    world.fault = async (request, when) =>
      when === 'before' && isAttaching(request)
        ? new Response('Too large', { status: 413, headers: { 'x-version': '1' } })
        : undefined
    await makes([['plot.png', PNG]])
    await settles(world)
    expect(world.answers()).toEqual([left(`plot.png – ${SAY.refused}`)])
  })

  it.each(['de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh'])('is named in %s', (language) => {
    const made = OUTCOMES.map((outcome) => ({ id: outcome, name: '_a_.png', outcome }))
    const said = leftOfMade({ row: { made }, sentences: sentencesFor(language) }) ?? ''
    expect(said.match(/\\_a\\_\.png/g)).toHaveLength(OUTCOMES.length - 1)
    expect(
      leftOfMade({ row: { made: made.slice(0, 1) }, sentences: sentencesFor(language) }),
    ).toBeNull()
  })
})

const SAY = SENTENCES.serverTools.made.why

describe('each stands once', () => {
  it('where Campfire takes it, and nobody hears of that', async () => {
    let lost = 0
    world.fault = async (request, when) => {
      if (when === 'after' && isAttaching(request) && lost++ < 1) throw new TypeError('lost')
      return undefined
    }
    await makes([['plot.png', PNG]])
    await settles(world)
    expect(world.answers()).toEqual(['plot.png', 'Here it is.'])
    expect(lost).toBe(1)
  })

  it('where the object is killed once it stands there', async () => {
    let deaths = 0
    world.fault = async (request, when) => {
      if (when === 'after' && isAttaching(request) && deaths++ < 1) await world.dies()
      return undefined
    }
    has()
    const id = world.model.files.made('plot.png', PNG)
    world.model.gives([...ran('plot()', 'srv_3', [id]), text('Here it is.')])
    await world.says(world.david, 'plot it')
    await world.handles()
    await world.handles()
    expect(world.answers()).toEqual(['plot.png', 'Here it is.'])
    // It is known by its name, and not fetched again.
    expect(world.model.files.asked).toEqual([`get ${id}`, `get ${id}/content`])
    await world.asks(world.david, 'why')
    expect(world.answers().at(-1)).toContain('attached: plot.png')
  })
})

describe('it is nobody’s', () => {
  it('where what was asked is stopped', async () => {
    has()
    const id = world.model.files.made('plot.png', PNG)
    world.fault = async (request, when) => {
      if (when === 'before' && request.url.endsWith('/content'))
        await world.posts(world.david, { text: 'stop', mentions: [world.assistant.id] })
      return undefined
    }
    world.model.gives([...ran('plot()', 'srv_3', [id]), text('Here it is.')])
    await world.asks(world.david, 'plot it')
    world.fault = null
    expect(world.answers()).toEqual([SENTENCES.stopped])
  })

  it('where the model has declined', async () => {
    has()
    const id = world.model.files.made('plot.png', PNG)
    world.model.gives([...ran('plot()', 'srv_3', [id])], { stopReason: 'refusal' })
    await world.asks(world.david, 'plot it')
    expect(world.answers()).toEqual([SENTENCES.refused])
  })

  it('and so whatever comes after it asks before it reaches out', async () => {
    const run = vi.fn(async () => 'sent')
    const input = z.strictObject({})
    const send = defineTool({ name: 'send', description: 'Sends.', input, effect: 'outside', run })
    await makes([['plot.png', PNG]], { changes: { tools: [send], approval: { send: 'never' } } })
    world.model.uses('send').says('Sent.')
    await world.asks(world.david, 'send it')
    expect(world.answers().at(-1)).toContain('May I run send?')
    expect(run).not.toHaveBeenCalled()
    world.model.forget()
  })

  it('and when all is forgotten no row knows its name', async () => {
    await makes([['otters.png', PNG]], { answer: 'There.' })
    await world.asks(world.david, 'forget')
    const found = await runInDurableObject(world.room(), (_, { storage }) =>
      tablesWith(storage.sql, 'otters'),
    )
    expect(found).toEqual([])
  })
})

async function bookBytes() {
  const book = await workbookOf({ sheets: { Sums: '<row r="1"><c r="A1"><v>1</v></c></row>' } })
  return book.read(0, book.bytes)
}
