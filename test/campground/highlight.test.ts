import { expect, it } from 'vitest'
import { highlighted } from './highlight.ts'

const table = 'Web front end  Bob  12 Dec'

it.each([
  ['a language', '<pre class="language-ruby">def burn</pre>', /hljs-keyword">def<.*hljs-title/],
  ['the name alone', '<pre class="ruby">def burn</pre>', /hljs-keyword">def/],
  ['a guess, which spots a table', `<pre>${table}</pre>`, /<span class="hljs-.*12/],
])('colours a block by %s', (_, html, seen) => {
  expect(highlighted(html)).toMatch(seen)
})

it.each([
  ['that is plain text', `<pre class="language-plaintext">${table}</pre>`],
  ['that says so', `<pre class="nohighlight">${table}</pre>`],
  ['in a language that Campfire does not know', '<pre class="language-elixir">def burn</pre>'],
  ['with an element in it', '<pre class="language-ruby">def <a href="https://x.com">x</a></pre>'],
])('leaves a block %s alone', (_, html) => {
  expect(highlighted(html)).toBe(html)
})

it('keeps what is written', () => {
  const text = 'if (1 &lt; 2 &amp;&amp; "x") go()'
  const html = highlighted(`<p>so</p><pre class="language-javascript">${text}</pre>`)

  expect(html).toContain('<p>so</p>')
  expect(html.replace(/<[^>]*>/g, '')).toBe(`so${text.replaceAll('"', '&quot;')}`)
})
