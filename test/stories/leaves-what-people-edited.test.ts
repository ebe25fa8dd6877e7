import { describe, expect, it, vi } from 'vitest'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const LATE = 'Failed to respond within 7 seconds'
const TABLE = `Here it is:

| Name | Count |
| --- | --- |
| Apples | 3 |
| Pomegranates of the valley | 12000 |
| Pears | 41 |

That is all.`

const world = useWorld()

describe('an answer that was in doubt, and that a person has edited since', () => {
  it.each([
    ['taken out of the middle', 'The password is ■■■■, as it was.'],
    ['replaced at the end', 'The password is …'],
    ['with more words', 'The password is swordfish, as it was. (No longer! David)'],
    ['to something else', 'See the wiki.'],
    ['to nothing', ''],
  ])('stays as it is: %s', async (_, text) => {
    await answersInDoubt('The password is swordfish, as it was.')
    becomes(`<p>${text}</p>`)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual([text])
  })
})

describe('an answer that a late request of ours has put back', () => {
  it.each([
    ['to how it began', 'One.\n\nTwo.\n\nThree.', '<p>One.</p>'],
    ['in the middle of a word', 'One.\n\nTwo things.', '<p>One.</p><br><p>Two thi</p>'],
    ['with what we were at', 'One.\n\nTwo.', '<p>One.</p><br><p><em>Searching…</em></p>'],
    [
      'in the middle of something bold',
      'One is **very bold** here.',
      '<p>One is <strong>very</strong></p>',
    ],
  ])('is put right: %s', async (_, answer, html) => {
    await answersInDoubt(answer)
    const whole = world.answers()
    becomes(html)
    expect(world.answers()).not.toEqual(whole)
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(whole)
  })

  it('is put right: in the middle of a table', async () => {
    await answersInDoubt(TABLE)
    const whole = world.answers()
    const { toHtml } = await import('../../src/campfire/html.ts')
    becomes(toHtml(TABLE.slice(0, TABLE.indexOf('| Pomegranates'))))
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(whole)
  })

  it('is put right: to what it said before it used a tool', async () => {
    await answersInDoubt('Three results.', () =>
      world.model.uses('search_conversation', { words: 'x' }, { saying: 'Let me look.' }),
    )
    becomes('<p>Let me look.</p>')
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['Three results.'])
  })
})

describe('an answer with the words of Campfire’s own complaint', () => {
  it('stands for good', async () => {
    world.model.says(LATE)
    await world.asks(world.david, 'what do you say when you are late?')
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
    expect(world.answers()).toEqual([LATE])
  })

  it('stands for good also where we were never told its number, and the complaint beside it goes', async () => {
    world.fault = async (request, when) => {
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      const isList = request.method === 'GET'
      if (isCreate && when === 'after') return new Response('', { status: 201 })
      return isList && when === 'before' ? new Response('', { status: 500 }) : undefined
    }
    world.model.says(LATE)
    await world.asks(world.david, 'what do you say when you are late?')
    world.fault = null
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
    expect(world.answers()).toEqual([LATE])
  })
})

/** The turn is over and whole, but a request on the way had no answer. */
async function answersInDoubt(text: string, before = () => {}) {
  let lost = 0
  world.fault = async (request, when) => {
    const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
    return isCreate && when === 'after' && !lost++ ? new Response('', { status: 504 }) : undefined
  }
  before()
  world.model.says(text)
  await world.asks(world.david, 'hello?')
  while ((await world.rows('SELECT 1 FROM turns WHERE ended IS NULL')).length) {
    vi.setSystemTime(Date.now() + 5_000)
    await world.rings()
  }
  world.fault = null
  expect(await world.rows('SELECT doubt FROM turns')).toEqual([{ doubt: 1 }])
  expect(world.answers()).toHaveLength(1)
}

function becomes(html: string) {
  const { campfire, assistant, watercooler } = world
  const [post] = campfire
    .messagesIn(watercooler)
    .filter(({ creator }) => creator.id === assistant.id)
  const message = campfire.messages.get(Number(post?.id))
  campfire.messages.edit(message, { html, file: null })
}
