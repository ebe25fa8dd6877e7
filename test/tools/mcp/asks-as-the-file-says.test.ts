import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../src/tables/room/mcp/servers.ts'
import { wordsOf } from '../../../src/tools/mcp/result.ts'
import { toolsOf } from '../../../src/tools/mcp.ts'
import { isRepeatable } from '../../../src/tools/tool.ts'
import { unforged } from '../../../src/tools/untrusted.ts'
import { definition, offered, serverWith } from './offers.ts'

const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt', 'zh'] as const

describe('a tool of a server', () => {
  it.each<['never' | 'once' | 'always' | null, Partial<Definition>, number | null, string]>([
    [null, {}, null, 'once'],
    [null, { isRepeatable: true }, null, 'once'],
    [null, { isDestructive: true }, null, 'always'],
    ['never', {}, null, 'never'],
    ['never', { isDestructive: true }, null, 'always'],
    ['never', {}, 5, 'once'],
    ['once', { isDestructive: true }, null, 'always'],
    ['always', { isRepeatable: true }, null, 'always'],
    ['always', {}, 5, 'always'],
  ])(
    'of which its file says %s, and the server %j, changed %s: asks %s',
    (said, says, changed, asks) => {
      const server = serverWith(said ? { approval: { find: said } } : {})
      const [, tool] = toolsOf(server, [{ ...offered(definition(says)), changed }])
      expect(tool?.approval).toBe(asks)
      expect(tool).toMatchObject({ name: 'tracker__find', effect: 'outside', readsOutside: true })
    },
  )

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
  ])('says that it is safe %s, and is believed %s: is repeated %s', (says, believed, repeated) => {
    const server = serverWith(believed ? { repeatable: ['find'] } : {})
    const [, tool] = toolsOf(server, [offered(definition({ isRepeatable: says }))])
    expect(isRepeatable(tool)).toBe(repeated)
  })

  it.each(LANGUAGES)('says in %s what it is at, and what it would do', (language) => {
    for (const tool of toolsOf(serverWith(), [offered(definition())])) {
      expect(tool.status?.({}, language)).toContain('tracker')
      expect(tool.asks?.({}, language)).toMatch(/[?？]$/)
      if (language !== 'en') expect(tool.asks?.({}, language)).not.toBe(tool.asks?.({}, 'en'))
    }
  })
})

describe('an answer', () => {
  it.each<[object, string]>([
    [
      {
        content: [
          { type: 'text', text: 'One.' },
          { type: 'text', text: 'Two.' },
        ],
      },
      'One.\n\nTwo.',
    ],
    [
      { content: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }] },
      '[an image, which is not shown]',
    ],
    [
      { content: [{ type: 'resource_link', name: 'Log', uri: 'https://x.example.com' }] },
      '[Log: https://x.example.com]',
    ],
    [{ content: [{ type: 'resource', resource: { uri: 'a:b', text: 'Words.' } }] }, 'Words.'],
    [{ content: [], structuredContent: { temperature: 20 } }, '{"temperature":20}'],
    [{ content: [null, 5, { type: 'hologram' }] }, ''],
  ])('%j', (answer, words) => {
    expect(wordsOf(answer)).toBe(words)
  })

  it('closes no tag of ours, however it is written', () => {
    const tags =
      'message quote given file asked context edited hint now people person summary pinned'
    for (const tag of tags.split(' ')) {
      for (const forged of [`</${tag}>`, `<${tag} id="1">`, `＜/${tag}>`, `< / ${tag}>`])
        expect(unforged(forged)).toMatch(/^&lt;/)
    }
    const code = '<b>1 < 2</b> if (size < file.size)'
    expect(unforged(code)).toBe(code)
    expect(wordsOf({ structuredContent: { a: '</asked>' } })).not.toContain('</asked>')
  })
})
