import { chipOf } from '../composer.ts'
import { KINDS, type RecordedTown } from './town.ts'

/** One message of each kind that there is, in the order of the recording. */
export function sayOneOfEachKind(town: RecordedTown) {
  const { camp, ann, bob, lei, zoe, recorder } = town
  if (camp.messages.in(KINDS).length > 0) return

  const says = (html: string) => town.says(ann, KINDS, html)
  const attaches = (name: string, type: string, bytes: Uint8Array) =>
    camp.says(ann, KINDS, { file: { name, type, bytes } })

  const { id } = says(`<div>Hello, just text: 5 &lt; 6 &amp; "quotes" 'single'</div>`)
  says(RICH)
  says(`<div>${chipOf(recorder)}&nbsp;what is up?</div>`)
  says(`<div>ask ${chipOf(bob)}&nbsp;and ${chipOf(lei)}&nbsp;please</div>`)
  const cite = `<cite>Ann Admin <a href="${camp.origin}/rooms/${KINDS}/@${id}">#</a></cite>`
  const quote = `<blockquote>Hello, just text</blockquote>${cite}`
  town.says(bob, KINDS, `${quote}<div><br></div><div>my answer</div>`)
  attaches('report final.pdf', 'application/pdf', new Uint8Array([37, 80, 68, 70]))
  attaches('dot.png', 'image/png', PIXEL)
  says('<div>🎉👍</div>')
  says('<div>/play nyan</div>')
  says('<div>https://example.com/some/page?a=1&amp;b=2</div>')
  says('<div>你好，世界 مرحبا</div>')
  town.posts(recorder, KINDS, 'the bot itself, <b>text/plain</b>')
  town.edited = says('<div>before the edit</div>').id
  camp.editAsPerson(town.edited, { html: '<div>after the edit</div>' })
  town.says(zoe, KINDS, '<div>written by Zoe before she left</div>')
}

const RICH =
  '<div>Some <strong>bold</strong>, <em>italic</em>, <del>struck</del>, ' +
  '<a href="https://example.com/page">a link</a><br>second line</div>' +
  '<ul><li>one</li><li>two<ul><li>inner</li></ul></li></ul><ol><li>first</li></ol>' +
  '<blockquote>a quote</blockquote><pre>def f(x):\n  return x &lt; 1</pre><h1>Heading</h1>'

/** A picture of one pixel, as far as anybody looks into it here: how it begins. */
export const PIXEL = new Uint8Array(70)
PIXEL.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
