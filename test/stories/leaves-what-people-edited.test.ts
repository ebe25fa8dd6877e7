import { describe, expect, it, vi } from 'vitest'
import { settles } from '../faults/story.ts'
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

describe('an answer that a person has edited before we knew where it stands', () => {
  const SAID = 'The password of the printer on the second floor is swordfish, as it was.'

  it.each([
    [
      'with a word taken out',
      'The password of the printer on the second floor is ■■■■, as it was.',
    ],
    ['cut at its end', 'The password of the printer on the second floor.'],
    ['with more said', `${SAID} (No longer, says David.)`],
  ])('is found %s, and stays so', async (_, text) => {
    await losesThePost(SAID, `<div>${text}</div>`)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual([text])
  })

  it('leaves nobody else without an answer', async () => {
    await losesThePost(SAID, `<div>${SAID.replace('swordfish', '■■■■')}</div>`)
    world.model.says('And hello to you.')
    world.assistant.active = false
    const said = world.says(world.kevin, 'hello?')
    world.assistant.active = true
    await said
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toHaveLength(2)
  })

  it('is not taken for another one with other numbers', async () => {
    const other = 'Room 12 is free on Monday at 9, and nobody else has asked for it.'
    await losesThePost(other, `<div>${other.replace('12', '14')}</div>`)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual([other.replace('12', '14'), other])
  })

  async function losesThePost(words: string, html: string) {
    let lost = 0
    world.fault = async ({ method, url }, when) => {
      const isPost = method === 'POST' && /rooms.*messages$/.test(url)
      if (when !== 'after' || !isPost || lost++) return undefined
      becomes(html)
      return new Response('', { status: 504 })
    }
    world.model.says(words)
    await world.says(world.david, 'hello?')
    await settles(world)
    expect(lost).toBeGreaterThan(0)
  }
})

describe('an answer that a person has cut since', () => {
  it('stays cut where no edit of ours is on its way', async () => {
    await answersInDoubt('The password is swordfish.\n\nAs it was.')
    becomes('<p>The password is</p>')
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['The password is'])
  })

  it.each([
    ['further back than the edit that is', '<p>One.</p>'],
    ['less far', '<p>One.</p><br><p>Two things. And th</p>'],
  ])('stays cut: %s on its way', async (_, html) => {
    await growsWithOneLost(['One.\n\n', 'Two thi', 'ngs. And three.'])
    becomes(html)
    const cut = world.answers()
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(cut)
  })

  it('stays cut after a death, once it was seen whole', async () => {
    await diesWhileItGrows(['One.\n\n', 'Two thi', 'ngs.'])
    const whole = world.answers()
    becomes('<p>One.</p><br><p>Two thi</p>')
    await world.passes(MINUTE)
    expect(world.answers()).toEqual(whole)

    await world.passes(10 * MINUTE)
    becomes('<p>One.</p>')
    // The last look is an hour after the turn.
    await world.passes(49 * MINUTE)
    expect(world.answers()).toEqual(['One.'])
  })
})

describe('an answer that a late request of ours has put back', () => {
  it.each([
    ['to how it began', ['One.\n\n', 'Two.\n\n', 'Three.']],
    ['in the middle of a word', ['One.\n\n', 'Two thi', 'ngs.']],
    ['in the middle of something bold', ['One is here.\n\n', 'It is **very', ' bold** here.']],
    ['in the middle of a table', [...cutAt(TABLE, '| Pomegranates of')]],
    ['with a link half written', ['One.\n\n', 'See [the wi', 'ki](https://example.com/wiki).']],
  ])('is put right: %s', async (_, pieces) => {
    const late = await growsWithOneLost(pieces)
    const whole = world.answers()
    expect(late).toHaveLength(1)
    becomes(late[0] ?? '')
    expect(world.answers()).not.toEqual(whole)
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(whole)
  })

  it('is put right: to what it said before it used a tool', async () => {
    const late = await growsWithOneLost(['Let me lo', 'ok closely.'], () =>
      world.model.says('Three results.'),
    )
    expect(world.answers()).toEqual(['Three results.'])
    becomes(late[0] ?? '')
    await world.passes(10 * MINUTE)

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

/** The first edit of what grows is given up, and comes to nothing yet: what it says. */
async function growsWithOneLost(pieces: string[], then?: () => void) {
  const { model, david } = world
  const late: string[] = []
  world.fault = async (request, when) => {
    if (request.method !== 'PATCH' || when !== 'before' || late.length) return undefined
    late.push(await request.text())
    return new Response('', { status: 504 })
  }
  const grows = { pieces, before: async () => await aSecondOn() }
  if (then) model.uses('search_conversation', { words: 'x' }, { saying: pieces.join(''), ...grows })
  else model.says(pieces.join(''), grows)
  then?.()
  await world.asks(david, 'hello?')
  await isOver()
  world.fault = null
  return late
}

/** It is picked up again, and finished. */
async function diesWhileItGrows(pieces: string[]) {
  const { model, david } = world
  let deaths = 0
  world.fault = async (request, when) =>
    request.method === 'PATCH' && when === 'before' && !deaths++ ? await world.dies() : undefined
  const grows = { pieces, before: async () => await aSecondOn() }
  model.says(pieces.join(''), grows).says(pieces.join(''), grows)
  await world.says(david, 'hello?')
  await isOver()
  world.fault = null
  expect(deaths).toBeGreaterThan(0)
}

async function aSecondOn() {
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
  vi.setSystemTime(Date.now() + 1_500)
}

async function isOver() {
  for (let rings = 0; rings < 20; rings++) {
    const open = await world.rows(
      'SELECT 1 FROM turns WHERE ended IS NULL UNION SELECT 1 FROM messages WHERE turn IS NULL',
    )
    if (!open.length) return
    await world.lives()
  }
}

function cutAt(text: string, word: string) {
  const at = text.indexOf(word) + word.length
  return [text.slice(0, 13), text.slice(13, at), text.slice(at)]
}

function becomes(html: string) {
  const { campfire, assistant, watercooler } = world
  const [post] = campfire
    .messagesIn(watercooler)
    .filter(({ creator }) => creator.id === assistant.id)
  const message = campfire.messages.get(Number(post?.id))
  campfire.messages.edit(message, { html, file: null })
}
