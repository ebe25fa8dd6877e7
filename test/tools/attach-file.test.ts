import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { toHtml } from '../../src/campfire/html.ts'
import { fingerprint } from '../../src/campfire/text.ts'
import { Campfire } from '../../src/campfire.ts'
import type { Room } from '../../src/room.ts'
import { attachFile, fileName } from '../../src/tools/attach-file.ts'
import { readMessages } from '../../src/tools/read-messages.ts'
import { searchConversation } from '../../src/tools/search-conversation.ts'
import { runTool } from '../../src/tools.ts'
import { callOf, EMPTY } from '../support/tools.ts'
import { alive, KILLED } from '../support/worker.ts'
import { useWorld, type World } from '../support/world.ts'

const ROOM = 'https://chat.example.com/rooms/1/bots/3'

const FILES = [
  ['text', 'notes.txt', 'text/plain', 'tea, then code'],
  ['markdown', 'notes.md', 'text/markdown', '# Tea\n\n**hot**'],
  ['csv', 'sums.csv', 'text/csv', 'quarter;sum\nQ1;10'],
  ['json', 'sums.json', 'application/json', '{"Q1":10}'],
  ['html', 'page.html', 'text/html', '<h1>Grüße</h1>'],
  ['svg', 'dot.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
] as const

for (const dialect of ['rails', 'port', 'v1.4.9'] as const) {
  describe(`on a Campfire of dialect ${dialect}`, () => {
    const world = useWorld(dialect)

    it.each(FILES)('posts %s into the room', async (type, name, mime, content) => {
      const types: string[] = []
      world.fault = async (request, when) => {
        if (when === 'before') types.push(await typeIn(request))
        return undefined
      }
      const told = await attaches(world, { name, type, content })

      expect(told).toMatchObject({ ok: true, result: { file: name } })
      const [file] = world.campfire.postsOf(world.assistant, world.watercooler)
      expect([file?.file, new TextDecoder().decode(file?.bytes ?? undefined)]).toEqual([
        name,
        content,
      ])
      expect(types).toEqual([mime])
    })

    it('stands above the answer that tells of it', async () => {
      const [, name, , content] = FILES[2]
      world.model.uses('attach_file', { name, type: 'csv', content }).says('There you are.')
      await world.asks(world.david, 'give me the sums as a file')

      expect(world.answers()).toEqual(['sums.csv', 'There you are.'])
    })
  })
}

describe('what cannot be posted', () => {
  const world = useWorld()

  it.each([
    ['is too big', { content: 'ü'.repeat(102_401) }, /201 KB.*only 200 KB/],
    ['is no JSON', { type: 'json', content: '{"a":' }, /not valid JSON/],
    ['is blank', { content: ' \n' }, /empty/],
    ['is of another type', { type: 'exe' }, /type/],
    ['has no name', { name: '  ' }, /name/],
    ['has a field too many', { room: 2 }, /room/],
  ])('%s, and the model is told', async (_, wrong, error) => {
    const told = await attaches(world, { name: 'a.txt', type: 'text', content: 'tea', ...wrong })

    expect(told).toEqual({ ok: false, error: expect.stringMatching(error) })
    expect(world.answers()).toEqual([])
  })

  it('takes a file that just fits', async () => {
    const content = 'x'.repeat(204_800)
    const told = await attaches(world, { name: 'a', type: 'text', content })
    expect(told.ok).toBe(true)
  })

  it('says that it may have been done when no answer came, and is never done again', async () => {
    world.fault = async (_, when) => {
      if (when === 'after') throw new TypeError('Network connection lost.')
      return undefined
    }
    const told = await attaches(world, { name: 'a', type: 'text', content: 'tea' })

    expect(told).toEqual({ ok: false, error: expect.stringContaining('outcome unknown') })
    expect(world.answers()).toEqual(['a.txt'])
    expect(attachFile.effect).toBe('outside')
  })
})

describe('a crash while the file is posted', () => {
  const world = useWorld()

  it('leaves one file, and the model knows that it cannot know', async () => {
    const { model, david } = world
    model.uses('attach_file', { name: 'a', type: 'text', content: 'tea' }).says('It may be there.')
    let killed = false
    world.fault = async (request, when) => {
      const isFile = request.headers.get('content-type')?.startsWith('multipart/form-data')
      if (!isFile || when === 'before' || killed) return undefined
      killed = true
      await alive.get(ROOM)?.storage.sync()
      alive.get(ROOM)?.abort(KILLED)
      return await new Promise<never>(() => {})
    }
    await world.says(david, 'a file, please')
    for (let rings = 0; rings < 2; rings++) {
      await runInDurableObject(world.room(), (room: Room) => room.alarm()).catch((error) => {
        if (!error.durableObjectReset) throw error
      })
    }

    expect(killed).toBe(true)
    expect(world.answers()).toEqual(['a.txt', 'It may be there.'])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('outcome unknown')
    // It looks at the room once more in a minute.
    expect(await world.wakesIn()).toBe(60_000)
  })
})

describe('the name of a file', () => {
  it.each([
    ['report.csv', 'csv', 'report.csv'],
    ['Report Q3.CSV', 'csv', 'Report Q3.csv'],
    ['report', 'markdown', 'report.md'],
    ['report.markdown', 'markdown', 'report.md'],
    ['report.pdf', 'text', 'report.pdf.txt'],
    ['../../etc/passwd', 'text', 'etc-passwd.txt'],
    ['C:\\secret\\plan.html', 'html', 'C-secret-plan.html'],
    ['会议记录 2026/11.md', 'markdown', '会议记录 2026-11.md'],
    ['a/..', 'text', 'a.txt'],
    ['.bashrc', 'text', 'bashrc.txt'],
    ['<script>.svg', 'svg', 'script.svg'],
    ['a"b\u202etxt.exe', 'text', 'a-b-txt.exe.txt'],
    ['دستور\u200cکار \u200f1405', 'text', 'دستورکار 1405.txt'],
    ['CON', 'text', 'file-CON.txt'],
    ['COM¹', 'text', 'file-COM¹.txt'],
    ['Compte\u00a0rendu\u3000会议', 'text', 'Compte rendu 会议.txt'],
    ['nul.backup.csv', 'csv', 'file-nul.backup.csv'],
    ['console', 'text', 'console.txt'],
    ['予算.csv', 'csv', '予算.csv'],
    ['...', 'json', 'file.json'],
    ['🙂', 'text', 'file.txt'],
    ['answer.md', 'markdown', 'answer-1.md'],
    ['x'.repeat(200), 'text', `${'x'.repeat(76)}.txt`],
  ] as const)('%s as %s is %s', (name, type, safe) => {
    expect(fileName(name, type)).toBe(safe)
  })
})

describe('what people read while a tool runs', () => {
  const shown = (line: string | undefined) => fingerprint(toHtml(`*${line}…*`))

  it.each([
    [readMessages.status?.({}), 'Readingtheroom…'],
    [searchConversation.status?.({ words: 'budget' }), 'Searchingfor“budget”…'],
    [searchConversation.status?.({ words: '' }), 'Searchingwhatwassaid…'],
    [searchConversation.status?.({ words: '', person: 'Ada' }), 'SearchinginwhatAdasaid…'],
    [
      searchConversation.status?.({ words: '**`<b>`** [x](y)\n@Ada _a_' }),
      'Searchingfor“**`<b>`**[x](y)@Ada_a_”…',
    ],
    [attachFile.status?.({ name: 'my_long_name', type: 'csv' }), 'Postingmy_long_name.csv…'],
  ])('%j', (line, seen) => {
    expect(shown(line)).toBe(seen)
    expect(line).not.toContain('\n')
  })

  it('is short, and mentions nobody', () => {
    const words = `@Ada ${'budget '.repeat(100)}`
    const line = searchConversation.status?.({ words }) ?? ''

    expect(line.length).toBeLessThan(90)
    expect(toHtml(`*${line}…*`, new Map([['Ada', 'eyJ9--ab12']]))).not.toContain('attachment')
  })
})

async function typeIn(request: Request) {
  const file = (await request.formData()).get('attachment')
  return file instanceof File ? file.type : 'none'
}

async function attaches(world: World, input: object) {
  const place = {
    url: 'https://chat.example.com',
    room: 1,
    key: '3-7876b7cdc3d5',
    fetch: world.fetch,
  }
  const context = { campfire: new Campfire(place), archive: { search: () => [] }, ...EMPTY, now: 0 }
  const signal = new AbortController().signal
  const call = callOf('attach_file', input)
  return JSON.parse((await runTool([attachFile], call, { ...context, signal }))().result)
}
