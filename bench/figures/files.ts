import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Source } from '../../src/files.ts'
import { PNG, png } from '../../test/support/files.ts'
import { pdfOf } from '../../test/support/pdf.ts'
import { longSheet, workbookOf } from '../../test/support/workbook.ts'
import { zeros, zipOf } from '../../test/support/zip.ts'
import { atMost, type Bench, exactly, type Finding, told } from '../figure.ts'
import { ask } from '../http.ts'
import { Inspector } from '../inspector.ts'
import type { Call } from '../model.ts'
import { short } from '../statistics.ts'
import { idsIn, type World } from '../world.ts'

const MOST_MB = 48
/** Where nobody gives files. */
const ELSEWHERE = 900
const WISH = 'Have a look at this file.'

interface Given {
  what: string
  files: { name: string; bytes: Uint8Array }[]
  /** With what the model looks at it; nothing: it is shown, or it is told of. */
  uses?: { name: string; input: object }
  /** Stands in what the model is asked with at last. */
  told: RegExp
}

/**
 * What people give, as large or as nasty as it may be: dropped through a link, kept, shown or read, told of. Other rooms
 * live in the same isolate, so what it holds at most is weighed all the while, and somebody talks in another room.
 */
export const files = {
  name: 'files',
  title: 'Large files: what they hold of the memory, and how long others wait',
  async measure({ smoke, open, say }: Bench): Promise<Finding[]> {
    const all = await given(smoke)
    const world = await open({ inspect: true })
    world.model.speak = (call) => speak(call, all)
    // What reads each kind is loaded once, and stays.
    for (const [at, one] of (await given(true)).entries()) await drop(world, 101 + at, one)
    await pause(smoke ? 100 : 2_000)

    const findings: Finding[] = []
    for (const [at, one] of all.entries()) {
      const found = await weighed(world, 1 + at, one)
      say(`${one.what}: ${short((found.peak - found.idle) / 1e6)} MB`)
      findings.push(
        exactly(`${one.what}: read, and said`, found.isTold ? 1 : 0, 1),
        atMost(
          `${one.what}: most of the heap over idle`,
          (found.peak - found.idle) / 1e6,
          MOST_MB,
          {
            unit: ' MB',
            numbers: { idle: found.idle, peak: found.peak, samples: found.samples },
          },
        ),
        told(
          `${one.what}: until it is answered; the longest that another room waited; resident memory, garbage and all`,
          `${short(found.ms / 1_000)} s; ${short(found.waited)} ms; ${short(found.more / 1e6)} MB`,
          { ms: found.ms, waited: found.waited, more: found.more },
        ),
      )
    }
    return findings
  },
}

async function weighed(world: World, room: number, one: Given) {
  const { worker } = world
  const idle = await worker.heap()
  const inspector = await Inspector.connect(String(worker.inspector))
  const wake = () => ask(`${worker.url}/health`)
  const resident = worker.residentKiB()
  let [peak, held, samples, waited, isOver] = [idle, resident, 0, 0, false]
  const weighing = (async () => {
    while (!isOver) {
      peak = Math.max(peak, await inspector.heap(wake))
      held = Math.max(held, worker.residentKiB())
      samples++
    }
  })()
  const talking = (async () => {
    while (!isOver) {
      const before = performance.now()
      await world.turn(ELSEWHERE, 'Is anybody there?', { direct: true })
      waited = Math.max(waited, performance.now() - before)
      await pause(50)
    }
  })()
  const began = performance.now()
  try {
    const isTold = await drop(world, room, one)
    const more = (held - resident) * 1_024
    return { idle, peak, more, samples, waited, isTold, ms: performance.now() - began }
  } finally {
    isOver = true
    await Promise.all([weighing, talking])
    inspector.close()
  }
}

/** Somebody asks to have something looked at, drops it through the link of the answer, and is answered again. */
async function drop(world: World, room: number, one: Given) {
  const { campfire, model } = world
  await world.turn(room, WISH, { direct: true })
  const [answer] = campfire.postsIn(room)
  const [link = ''] = /http:\/\/\S+\/files\/[\w.-]+/.exec(answer?.text ?? '') ?? []
  const calls = model.calls.length
  const state = await sent(link, one.files)
  if (state !== 'done') throw new Error(`${one.what} is not taken: ${state}`)
  for (const end = Date.now() + 120_000; campfire.postsIn(room).length < 2; await pause(20)) {
    if (Date.now() > end) throw new Error(`${one.what}: nobody answers`)
  }
  const asked = model.calls
    .slice(calls)
    .findLast(({ body }) => JSON.stringify(body.messages).includes('<file '))
  return one.told.test(JSON.stringify(asked?.body.messages.slice(-3)))
}

/** As the page sends it, and no faster than it is taken. */
async function sent(link: string, all: Given['files']): Promise<string> {
  const list = Buffer.from(
    JSON.stringify(all.map(({ name, bytes }) => ({ name, bytes: bytes.length }))),
  )
  const head = Buffer.alloc(4)
  head.writeUInt32BE(list.length)
  const body = Buffer.concat([head, list, ...all.map(({ bytes }) => bytes)])
  const headers = { 'content-type': 'application/octet-stream', 'content-length': body.length }
  return await new Promise((done, fail) => {
    const asking = request(link, { method: 'POST', headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (piece: string) => {
        text += piece
      })
      answer.on('end', () => done((JSON.parse(text) as { state: string }).state))
    })
    asking.on('error', fail)
    asking.end(body)
  })
}

/** Asks for a file; looks at what it is given; and has then seen it. Elsewhere it just answers. */
function speak({ body }: Call, all: Given[]) {
  const people = body.messages.filter(({ role }) => role === 'user')
  const isResult = JSON.stringify(people.at(-1)).includes('"tool_result"')
  const words = JSON.stringify(people)
  const [, at] = /<file [^>]*name=\\"(\d+)-/.exec(words) ?? []
  const { uses } = all[Number(at)] ?? {}
  if (at !== undefined && uses && !isResult) return { uses: [uses] }
  if (at !== undefined) return 'This is what stands in it.'
  if (words.includes(WISH) && !isResult) return { uses: [{ name: 'ask_for_file', input: {} }] }
  return `Answer to ${idsIn({ asked: words.replaceAll('\\"', '"') }).at(-1)}.`
}

async function given(small: boolean): Promise<Given[]> {
  const many = small ? 10 : 1
  const sums = {
    name: 'read_table',
    input: { file: 1, group_by: [{ column: 'A' }], sums: [{ of: 'sum', column: 'B' }], limit: 5 },
  }
  const sorted = {
    name: 'read_table',
    input: { file: 1, sort: [{ column: 'C', order: 'down' }], limit: 200 },
  }
  const read = { name: 'read_file', input: { file: 1 } }
  const pages = { name: 'read_file', input: { file: 1, pages: '1-20' } }
  const search = { name: 'search_conversation', input: { words: 'otters' } }
  const book = await workbook(50_000 / many)
  const pdf = manyPages(600 / many)
  return [
    one('a workbook of 50,000 rows, summed', 'long.xlsx', book, /found\W+100\b/, sums),
    one(
      'the same, sorted',
      'long.xlsx',
      book,
      small ? /found\W+5000\b/ : /found\W+50000\b/,
      sorted,
    ),
    one(
      'a CSV in Latin-1 of 25 MB',
      'staedte.csv',
      latin1Table(25_000_000 / many),
      /München/,
      sums,
    ),
    one('a PDF of 600 pages, twenty read', 'book.pdf', pdf, /page 1\b/, pages),
    one('the same, searched', 'book.pdf', pdf, /tool_result.{0,4000}Page \d+ of otters/, search),
    one('a PDF of 8 MB, shown', 'scan.pdf', heavyPdf(7_900_000 / many), /base64/),
    one('a zip bomb', 'bomb.xlsx', await bomb(300_000_000 / many), /unpacks to/, sums),
    one('a Word file with macros', 'macros.docm', await macros(8_000 / many), /otters/, read),
    one(
      'an image of 100 megapixels',
      'huge.png',
      png(12_000, 9_000),
      /is not shown: an image of 12000/,
    ),
    {
      what: 'two images of 3.7 MB, shown',
      files: [0, 1].map(() => ({ name: 'photo.png', bytes: image(3_700_000 / many) })),
      told: /base64/,
    },
  ].map((given, at) => ({
    ...given,
    files: given.files.map(({ name, bytes }) => ({ name: `${at}-${name}`, bytes })),
  }))
}

function one(
  what: string,
  name: string,
  bytes: Uint8Array,
  told: RegExp,
  uses?: Given['uses'],
): Given {
  return { what, files: [{ name, bytes }], told, ...(uses && { uses }) }
}

async function workbook(rows: number) {
  const row = (n: number) =>
    n === 1 ? ['town', 'cups', 'note'] : [`Town ${n % 100}`, n % 10, `a note of row ${n}`]
  return bytesOf(await workbookOf({ sheets: { Long: longSheet(rows + 1, row) } }))
}

function latin1Table(bytes: number) {
  const lines = Array.from(
    { length: 10_000 },
    (_, n) => `München ${n % 100};${n % 10};Bemerkung ${n}`,
  )
  const block = `${lines.join('\n')}\n`
  const text = `Stadt;Tassen;Notiz\n${block.repeat(Math.max(1, Math.floor(bytes / block.length)))}`
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

function manyPages(pages: number) {
  const words = (page: number) => `Page ${page} ${'of otters and tea '.repeat(100)}`
  return bytesOf(pdfOf(Array.from({ length: pages }, (_, page) => words(page))))
}

/** Mostly what nobody can pack any more, as scanned pages are. */
function heavyPdf(bytes: number) {
  const noise = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(noise.subarray(at, at + 65_536))
  const head = `<< /Type /XObject /Subtype /Image /Length ${bytes} >>\nstream\n`
  return bytesOf(pdfOf(['A scan of a page'], [head, noise, '\nendstream']))
}

async function bomb(bytes: number) {
  return bytesOf(await zipOf({ 'xl/workbook.xml': zeros(bytes) }, { bytes: 9 }))
}

async function macros(paragraphs: number) {
  const text = `<w:p><w:r><w:t>${'otters drink tea '.repeat(20)}</w:t></w:r></w:p>`
  const document = `<w:document>${text.repeat(paragraphs)}</w:document>`
  const binary = crypto.getRandomValues(new Uint8Array(60_000))
  return bytesOf(await zipOf({ 'word/document.xml': document, 'word/vbaProject.bin': binary }))
}

/** Nobody looks behind its header. */
function image(bytes: number) {
  const whole = new Uint8Array(bytes)
  whole.set(PNG)
  return whole
}

function bytesOf({ bytes, read }: Source) {
  return read(0, bytes)
}
