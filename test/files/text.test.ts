import { describe, expect, it } from 'vitest'
import { textOf } from '../../src/files/text.ts'
import { pageCountOf, pagesOf } from '../../src/files.ts'
import { pdfOf } from '../support/pdf.ts'
import { fileOf, latin1, zeros, zipOf } from '../support/zip.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const STYLES = `<w:styles ${W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Eigen"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>`

async function docxOf(
  body: string,
  more: Record<string, string | ReadableStream<Uint8Array>> = {},
) {
  const document = `<w:document ${W}><w:body>${body}</w:body></w:document>`
  return await zipOf({ 'word/document.xml': document, 'word/styles.xml': STYLES, ...more })
}

function words(text: string) {
  return `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
}

describe('a document', () => {
  it('has its headings, lists, tables and notes', async () => {
    const file = await docxOf(
      [
        `<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>${words('Otters &amp; tea')}</w:p>`,
        `<w:p>${words('They ')}${words('drink')}<w:r><w:footnoteReference w:id="2"/></w:r><w:del><w:r><w:delText>nothing</w:delText></w:r></w:del>.</w:p>`,
        `<w:p><w:pPr><w:pStyle w:val="Eigen"/></w:pPr>${words('When')}</w:p>`,
        `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr>${words('at noon')}</w:p>`,
        `<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>${words('and later')}</w:p>`,
        `<w:tbl><w:tr><w:tc><w:p>${words('cup')}</w:p></w:tc><w:tc><w:p>${words('1')}</w:p><w:p>${words('2')}</w:p></w:tc></w:tr></w:tbl>`,
        `<w:p><mc:AlternateContent><mc:Choice>${words('a box')}</mc:Choice><mc:Fallback>${words('a box')}</mc:Fallback></mc:AlternateContent></w:p>`,
      ].join(''),
      {
        'word/footnotes.xml': `<w:footnotes ${W}><w:footnote w:id="2"><w:p>${words('Green.')}</w:p></w:footnote></w:footnotes>`,
        'word/vbaProject.bin': 'Sub AutoOpen()',
      },
    )
    expect(textOf(file, 'docx').parts.map(({ text }) => text)).toEqual([
      '# Otters & tea\n\nThey drink[^2]\n\n## When\n\n- at noon\n\n  - and later\n| cup | 1 2\n\na box\n\n[^2] Green.',
    ])
  })

  it('of which there is too much is refused, and one that is long is cut', async () => {
    const bomb = await docxOf('', { 'word/document.xml': zeros(81_000_000) })
    expect(() => textOf(bomb, 'docx')).toThrow('unpacks to 81 MB; at most 80 MB')
    const long = await docxOf(`<w:p>${words('otters '.repeat(300))}</w:p>`.repeat(1_500))
    const { parts, isWhole } = textOf(long, 'docx')
    expect(isWhole).toBe(false)
    expect(parts.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(2_000_000)
  })
})

describe('a page', () => {
  it('is read as people see it', () => {
    const html =
      '<!doctype html><head><title>T</title><style>p{}</style></head><body><h1>Otters</h1><p>They <b>drink</b>\n tea&nbsp;&amp; <a href="https://x.example/a">more</a><a href="javascript:x">.</a></p><script>if (a<b) "</p>"</script><ul><li>one<ul><li>two</li></ul></li></ul><table><tr><th>a</th><td>b</td></tr></table><pre>x\n  y</pre><img alt="An otter"></body>'
    expect(textOf(fileOf(html), 'html').parts[0]?.text).toBe(
      '# Otters\n\nThey drink tea & more <https://x.example/a>.\n\n- one\n  - two\n\n | a | b\n\nx\n  y\n\n[image: An otter]',
    )
  })

  it('of a million open tags is read in no time', () => {
    const { parts } = textOf(fileOf(`<html>${'<b><div>'.repeat(200_000)}deep`), 'html')
    expect(parts[0]?.text).toBe('deep')
  })
})

describe('a text', () => {
  it('is read in Latin-1', () => {
    expect(textOf(fileOf(latin1('Gr\xfc\xdfe\r\naus K\xf6ln')), 'text').parts).toEqual([
      { number: 1, about: ['Grüße'], text: 'Grüße\naus Köln' },
    ])
  })

  it('is parted where something begins, and all of it is in its parts', () => {
    const chapters = Array.from(
      { length: 9 },
      (_, at) => `# Chapter ${at + 1}\n\n${`word${at} `.repeat(700)}\n\n`,
    )
    const { parts, isWhole } = textOf(fileOf(chapters.join('')), 'text')
    expect(isWhole).toBe(true)
    expect(parts.map(({ about }) => about)).toEqual([
      ['Chapter 1', 'Chapter 2'],
      ['Chapter 3', 'Chapter 4'],
      ['Chapter 5', 'Chapter 6'],
      ['Chapter 7', 'Chapter 8'],
      ['Chapter 9'],
    ])
    const flatly = (text: string) => text.replace(/\s+/g, ' ').trim()
    const isAll = flatly(parts.map(({ text }) => text).join(' ')) === flatly(chapters.join(''))
    expect(isAll).toBe(true)
    const flat = textOf(fileOf('x'.repeat(30_000)), 'text').parts
    expect(flat.map(({ text }) => text.length)).toEqual([12_000, 12_000, 6_000])
  })

  it('that is very long is cut, and says so', () => {
    const { parts, isWhole } = textOf(fileOf('0123456789'.repeat(210_000)), 'text')
    expect([isWhole, parts.reduce((sum, { text }) => sum + text.length, 0)]).toEqual([
      false,
      2_000_000,
    ])
  })
})

describe('a PDF', () => {
  it('is read by its pages', async () => {
    const pages = Array.from({ length: 600 }, (_, at) => `Page ${at + 1} of otters\nand tea`)
    const file = pdfOf(pages)
    expect(await pagesOf(file, [598, 600])).toEqual({
      count: 600,
      pages: [598, 599, 600].map((number) => ({
        number,
        text: `Page ${number} of otters\nand tea`,
      })),
    })
    expect((await pagesOf(file, [1, 600])).pages).toHaveLength(20)
    await expect(pagesOf(file, [601, 601])).rejects.toThrow('has 600 pages; there is no page 601')
  })

  it.each<[string, () => Promise<Parameters<typeof pagesOf>[0]>, RegExp]>([
    [
      'is too large',
      async () => ({ bytes: 9_000_000, read: () => new Uint8Array() }),
      /PDF of 9 MB is not read; at most 8 MB/,
    ],
    ['is protected', async () => pdfOf(['x'], ['<< /Encrypt 5 0 R >>']), /is protected/],
    ['is broken', async () => fileOf('%PDF-1.7\nnothing'), /is broken/],
    [
      'unpacks to too much',
      async () =>
        pdfOf(['x'], ['<< /Filter /FlateDecode >>\nstream junk\n', await packed(17_000_000)]),
      /unpacks to more than can be read/,
    ],
    [
      'is packed twice',
      async () =>
        pdfOf(
          ['x'],
          ['<< /Filter [/Flate#44ecode /FlateDecode] >>\nstream\n', await packed(1_000)],
        ),
      /packed in a way/,
    ],
    [
      'unpacks to too much when its letters are read',
      async () =>
        pdfOf(
          ['x'],
          ['<< /Filter [/A85 /Fl] >>\nstream\n', inLetters(await packed(17_000_000)), '~>'],
        ),
      /unpacks to more than can be read/,
    ],
    [
      'is nothing but room between its letters',
      async () => pdfOf(['x'], [`<< /Filter /ASCII85Decode >>\nstream\n${' '.repeat(2_000)}~>`]),
      /packed in a way/,
    ],
    [
      'hides how it is packed',
      async () => pdfOf(['x'], ['<< /Filter 9 0 R >>\nstream\n', await packed(1_000)]),
      /packed in a way/,
    ],
  ])('that %s says so', async (_, file, says) => {
    await expect(pagesOf(await file(), [1, 1])).rejects.toThrow(says)
    expect(await pageCountOf(await file())).toBeNull()
  })

  it('that is packed and then written in letters, as ReportLab does it, is read', async () => {
    const stream = inLetters(await packed(1_000))
    const file = pdfOf(
      ['tea'],
      ['<< /Filter [ /ASCII85Decode /FlateDecode ] >>\nstream\n', stream, '~>\nendstream'],
    )
    expect(await pageCountOf(file)).toBe(1)
    expect((await pagesOf(file, [1, 1])).pages[0]?.text).toBe('tea')
  })

  it('is read no further than there is time for', async () => {
    const file = pdfOf(Array.from({ length: 20 }, (_, at) => `Page ${at + 1}`))
    const stop = new AbortController()
    const reading = pagesOf(file, [1, 20], stop.signal)
    setTimeout(() => stop.abort())
    const { pages, count } = await reading
    expect(pages[0]).toEqual({ number: 1, text: 'Page 1' })
    expect([count, pages.length < 20]).toEqual([20, true])
  })
})

async function packed(bytes: number) {
  return await new Response(zeros(bytes).pipeThrough(new CompressionStream('deflate'))).bytes()
}

/** Each four bytes as five letters; here they may be filled up. */
function inLetters(bytes: Uint8Array) {
  let letters = ''
  for (let at = 0; at < bytes.length; at += 4) {
    let [sum, five] = [0, '']
    for (let n = 0; n < 4; n++) sum = sum * 256 + (bytes[at + n] ?? 0)
    for (let n = 0; n < 5; n++) {
      five = String.fromCharCode(0x21 + (sum % 85)) + five
      sum = Math.floor(sum / 85)
    }
    letters += five
  }
  return letters
}
