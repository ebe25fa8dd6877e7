import { describe, expect, it } from 'vitest'
import { Campground } from './campground.ts'
import { chipOf } from './composer.ts'
import { settle } from './settle.ts'

describe('plain text', () => {
  it.each([
    ['two lines', '<div>one<br>two</div>', 'one\ntwo'],
    [
      'marks',
      '<div>Some <strong>bold</strong></div><ul><li>one</li><li>two</li></ul>',
      'Some bold\n• one\n• two',
    ],
    ['numbers', '<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>', '1. a\n  • b\n2. c'],
    ['a quote', '<blockquote>quoted</blockquote><cite>Ada #</cite>', '“quoted”\n\nAda #'],
    ['glue', '<h2>Head</h2><pre>code\n  indented</pre>', 'Headcode\n  indented'],
    ['paragraphs', '<h1>A</h1><p>b</p><p>c &lt;d&gt;</p>', 'A\n\nb\n\nc <d>'],
    [
      'a picture elsewhere',
      '<action-text-attachment content-type="image/png" url="x"></action-text-attachment>',
      '[Image]',
    ],
  ])('%s', (_, html, plain) => {
    const { camp, ada, talk } = settle()
    camp.says(ada, talk, { html })
    expect(camp.messagesIn(talk)[0]?.plain).toBe(plain)
  })

  it('loses its own name, also out of another', async () => {
    const { camp, ada, sent } = settle()
    const al = camp.addBot('Al', { webhook: 'https://al/hook' })
    await camp.says(ada, camp.addDirect([ada, al]), { text: '@Al is @Alice here?' }).delivered
    expect(sent[0]?.payload.message.body.plain).toBe('is ice here?')
  })
})

describe('the screen', () => {
  it.each([
    ['Hello <T> 5 < 6 and the rest', 'Hello '],
    ['<p>a <table><tr><td>b</td></tr></table> c</p>', '<p>a </p> c<p></p>'],
    ['<s>gone</s><del>stays</del><u>gone</u><img src=x>', '<del>stays</del>'],
    ['<b style="x" onclick="y" title="t">z</b><!-- c -->', '<b title="t">z</b>'],
    ['<a href="java\nscript:x">a</a><a href="/rooms/1">b</a>', '<a>a</a><a href="/rooms/1">b</a>'],
    ['<figure>in <figcaption>fig</figcaption></figure>', 'in fig'],
    ['see www.a.com.', 'see <a href="http://www.a.com" target="_blank">www.a.com</a>.'],
    ['5 &lt; 6 &amp; 7', '5 &lt; 6 &amp; 7'],
    ['/play tada', '<span class="sound">🔊 tada</span>'],
    ['<pre class="language-sql">a  b</pre>', '<pre class="language-sql">a  b</pre>'],
  ])('of %s', (html, seen) => {
    const { camp } = settle()
    expect(camp.screen({ html, file: null })).toBe(seen)
  })

  it('shows who is mentioned, even by a chip that was never signed', () => {
    const { camp, david } = settle()
    const html = `<div>${chipOf(david).replace(/--\w{40}/, '--0')} hi</div>`
    expect(camp.screen({ html, file: null })).toBe(
      '<div><div class="mention">@David</div> hi</div>',
    )
  })
})

it('comes back from what was saved', async () => {
  const { camp, ada, direct, talk } = settle()
  const file = { name: 'a.bin', type: 'application/octet-stream', bytes: new Uint8Array([0, 255]) }
  camp.says(ada, direct, { file })
  camp.boostAsPerson(ada, camp.says(ada, talk, { text: 'hi' }).message, '👍')
  camp.deleteMessage(2)

  const saved = JSON.parse(JSON.stringify(camp))
  const again = Campground.from(saved, { origin: camp.origin, dialect: 'rails' })
  expect(again.toJSON()).toEqual(camp.toJSON())
  expect(again.messagesIn(direct)).toEqual(camp.messagesIn(direct))
  expect(again.says(ada, talk, { text: 'next' }).message.id).toBe(3)
})
