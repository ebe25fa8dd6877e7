import { describe, expect, it } from 'vitest'
import { entriesIn, inflate } from '../../src/files/zip.ts'
import { kindOf } from '../../src/files.ts'
import { GIF, PNG, WEBP } from '../support/files.ts'
import { fileOf, latin1, utf16, zeros, zipOf } from '../support/zip.ts'

const EXIF = [0xff, 0xe1, 0xff, 0x00, ...new Uint8Array(0xff00 - 2)]
const FRAME = [0xff, 0xc2, 0, 17, 8, 0x27, 0x10, 0x4e, 0x20, 3]
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

describe('the kind of a file is told by what is in it', () => {
  it.each<[string, ReturnType<typeof fileOf>, object]>([
    [
      'a PNG of 200 megapixels, by its header',
      fileOf(PNG.subarray(0, 16), [0, 0, 0x4e, 0x20, 0, 0, 0x27, 0x10]),
      { kind: 'png', width: 20_000, height: 10_000 },
    ],
    [
      'a JPEG behind large EXIF data',
      fileOf([0xff, 0xd8], EXIF, EXIF, FRAME),
      { kind: 'jpeg', width: 20_000, height: 10_000 },
    ],
    [
      'a JPEG that breaks off',
      fileOf([0xff, 0xd8, 0xff, 0xe0, 0, 16], latin1('JFIF\0')),
      { kind: 'other', what: 'damaged image' },
    ],
    [
      'a PNG that breaks off',
      fileOf(PNG.subarray(0, 12)),
      { kind: 'other', what: 'damaged image' },
    ],
    ['a PNG', fileOf(PNG), { kind: 'png', width: 1, height: 1 }],
    ['a small GIF', fileOf(GIF), { kind: 'gif', width: 1, height: 1 }],
    ['a WebP without losses', fileOf(WEBP), { kind: 'webp', width: 1, height: 1 }],
    [
      'a GIF',
      fileOf('GIF89a', [0x40, 1, 0xf0, 0], 'rest'),
      { kind: 'gif', width: 320, height: 240 },
    ],
    [
      'a WebP with losses',
      fileOf(
        'RIFF',
        [9, 9, 9, 9],
        'WEBPVP8 ',
        [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x40, 1, 0xf0, 0],
      ),
      { kind: 'webp', width: 320, height: 240 },
    ],
    [
      'a WebP of parts',
      fileOf('RIFF', [9, 9, 9, 9], 'WEBPVP8X', [0, 0, 0, 0, 0, 0, 0, 0, 0x3f, 1, 0, 0xef, 0, 0]),
      { kind: 'webp', width: 320, height: 240 },
    ],
    ['a PDF, with something before it', fileOf('\n\n%PDF-1.7\n'), { kind: 'pdf' }],
    ['a page', fileOf('<!-- saved -->\n<!DOCTYPE HTML><title>Tea</title>'), { kind: 'html' }],
    ['the body of a page', fileOf('<?xml version="1.0"?><body>Tea'), { kind: 'html' }],
    ['almost JSON', fileOf('[see below]'), { kind: 'text' }],
    ['JSON', fileOf('\ufeff{"tea": [1, 2]}'), { kind: 'json' }],
    ['lines of JSON are text', fileOf('{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n'), { kind: 'text' }],
    ['a table with commas', fileOf('name,cups\nAda,3\nBob,"1,5"\n'), { kind: 'csv' }],
    [
      'a table in Latin-1 with semicolons',
      fileOf(latin1('Stra\xdfe;Betrag\nM\xfcllerweg;1,5\nB\xe4rengasse;2\n')),
      { kind: 'csv' },
    ],
    [
      'a table with tabs, in UTF-16',
      fileOf([0xff, 0xfe], utf16('name\tcups\r\nAda\t3\r\n')),
      { kind: 'csv' },
    ],
    [
      'the same, the other way round and without a mark',
      fileOf(utf16('name\tcups\r\nAda\t3\r\n', true)),
      { kind: 'csv' },
    ],
    ['a table of an old Mac', fileOf('name,cups\rAda,3\r'), { kind: 'csv' }],
    [
      'prose with commas',
      fileOf('Dear Ann,\nI am here, alone, and well.\nYours, Ada\n'),
      { kind: 'text' },
    ],
    [
      'a verse',
      fileOf('Roses are red, violets are blue,\nsugar is sweet, and so are you.\n'),
      { kind: 'text' },
    ],
    ['a program', fileOf('let a = 1;\nlet b = 2;\nlet c = 3;\n'), { kind: 'text' }],
    ['a table of Markdown', fileOf('a | b\n--|--\n1 | 2\n'), { kind: 'text' }],
    ['a text in Latin-1', fileOf(latin1('Gr\xfc\xdfe aus K\xf6ln')), { kind: 'text' }],
    ['nothing', fileOf(''), { kind: 'other', what: 'empty file' }],
    ['a program that runs', fileOf('\x7fELF', [2, 1, 1, 0, 0]), { kind: 'other', what: 'program' }],
    [
      'a HEIC',
      fileOf([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0]),
      { kind: 'other', what: 'HEIC image' },
    ],
    [
      'a voice message',
      fileOf([0, 0, 0, 24], 'ftypM4A '),
      { kind: 'other', what: 'audio recording' },
    ],
    [
      'an old Excel workbook',
      fileOf(OLE, new Uint8Array(600), utf16('Workbook')),
      { kind: 'other', what: 'old Excel workbook (.xls)' },
    ],
    [
      'a workbook with a password',
      fileOf(OLE, new Uint8Array(600), utf16('EncryptedPackage')),
      { kind: 'other', what: 'Office file with a password' },
    ],
    [
      'what begins as a zip and is none',
      fileOf('PK\x03\x04', new Uint8Array(100)),
      { kind: 'other', what: 'broken zip archive' },
    ],
    [
      'bytes of any sort',
      fileOf([1, 2, 3, 0, 5, 250, 251]),
      { kind: 'other', what: 'binary file' },
    ],
  ])('%s', (_, file, sort) => {
    expect(kindOf(file)).toEqual({ what: null, width: null, height: null, ...sort })
  })

  it.each([
    ['xl/workbook.xml', 'xlsx', null],
    ['word/document.xml', 'docx', null],
    ['ppt/presentation.xml', 'other', 'PowerPoint presentation'],
    ['photos/otter.png', 'other', 'zip archive'],
  ])('a zip with %s', async (name, kind, what) => {
    expect(kindOf(await zipOf({ '[Content_Types].xml': '', [name]: '' }))).toMatchObject({
      kind,
      what,
    })
  })

  it('a text of nothing but openings, in no time', () => {
    expect(kindOf(fileOf('<!--'.repeat(100_000)))).toMatchObject({ kind: 'text' })
  })

  it('a zip with a password', async () => {
    const zip = await zipOf({ 'a.txt': 'tea' }, { locked: true })
    expect(kindOf(zip).what).toBe('zip archive with a password')
  })
})

describe('what is packed', () => {
  const unpack = (zip: ReturnType<typeof fileOf>, most: number) => {
    const entry = entriesIn(zip)?.get('a')
    if (!entry) throw new Error('there is no a')
    return [...inflate(zip, entry, most)].map((piece) => new TextDecoder().decode(piece)).join('')
  }

  it('comes out as it went in', async () => {
    const text = 'otters '.repeat(50_000)
    expect(unpack(await zipOf({ a: text, b: 'tea' }), 1_000_000)).toBe(text)
  })

  it('is refused before any of it is unpacked, where its directory says that it is too much', async () => {
    const zip = await zipOf({ a: zeros(40_000_000) })
    const entry = entriesIn(zip)?.get('a')
    const closed = { bytes: zip.bytes, read: () => expect.fail('nobody should look into it') }
    const first = () => entry && inflate(closed, entry, 1_000_000).next()
    expect(first).toThrow('unpacks to 40 MB; at most 1 MB')
  })

  it('is counted while it is unpacked: a directory may lie', async () => {
    const zip = await zipOf({ a: zeros(40_000_000) }, { bytes: 1_000 })
    const entry = entriesIn(zip)?.get('a')
    let bytes = 0
    const all = () => {
      for (const piece of entry ? inflate(zip, entry, 1_000_000) : []) bytes += piece.length
    }
    expect(all).toThrow('unpacks to more than it says')
    expect(bytes).toBeLessThan(1_000)
  })

  it.each([
    ['breaks off', (all: Uint8Array) => all.fill(0xff, 40, 60)],
    ['has its parts elsewhere', (all: Uint8Array) => all.fill(0, 0, 4)],
  ])('is broken where it %s', async (_, harm) => {
    const zip = await zipOf({ a: 'otters '.repeat(5_000) })
    harm(zip.read(0, zip.bytes))
    expect(() => unpack(zip, 1_000_000)).toThrow('The file is broken')
  })
})
