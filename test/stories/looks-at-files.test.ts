import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { drop, linkIn, PHOTO, PLAN, useFiles } from '../support/drop.ts'
import { PNG, pdf, png } from '../support/files.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const { wantsFile, asked } = useFiles(world)

/** Somebody posts a file, and is answered with a link. */
async function asksAboutFile() {
  const { david, model, direct } = world
  await world.posts(
    david,
    { file: { name: 'plan.txt', type: 'text/plain', bytes: PLAN.bytes } },
    direct,
  )
  model.says('I see only its name.')
  await world.passes(1_000, direct)
  return linkIn(world, direct)
}

describe('whoever posts a file', () => {
  it('is given a link for it, and told what is in it when it has come', async () => {
    const { model, direct } = world
    const link = await asksAboutFile()
    expect(world.answers(direct)).toEqual([
      'I see only its name.\n\nTo show me a file, drop it here within 15 minutes, or paste its download link from Campfire in a message to me.',
    ])

    model.says('It says that the fence is to be painted.')
    expect(await drop(link, PLAN)).toBe('done')
    await world.rings(direct)

    expect(world.answers(direct)).toHaveLength(2)
    expect(asked()).toContain(
      '<file number=\\"1\\" name=\\"plan.txt\\" kind=\\"text\\" bytes=\\"39\\"/>',
    )
    expect(asked()).toContain('Nobody has said anything just now')
    expect(asked()).not.toContain('Paint the fence')
  })

  it('is asked for one where one is wanted', async () => {
    const link = await wantsFile()
    expect(link).toMatch(/^https:\/\/firekeeper\.example\.com\/files\/[\w.-]+$/)
  })

  it('is spoken to in their language', async () => {
    world.model.uses('ask_for_file').says('Zeig mir bitte den Plan.')
    await world.asks(world.david, 'kannst du dir bitte meinen Plan ansehen?')
    const [answer] = world.answers()
    expect(answer).toContain('Um mir eine Datei zu zeigen, leg sie hier ab')

    const page = await exports.default.fetch(linkIn(world))
    expect(await page.text()).toContain('Für David, die Frage ging an assistant in „Watercooler“')
  })
})

describe('an image', () => {
  it('is shown to the model, the same in each request, and its bytes stand in no row', async () => {
    const { model, david } = world
    const link = await wantsFile()
    model.says('A white fence.')
    await drop(link, PHOTO)
    await world.rings()
    const shown = asked()
    expect(shown).toContain('"media_type":"image/png"')
    expect(shown).toContain(btoa(String.fromCharCode(...PNG)))

    model.says('Still white.')
    await world.asks(david, 'what colour was it?')
    const [, before = ''] = /^(.*)\]\}\]$/.exec(shown) ?? []
    expect(asked().startsWith(before.slice(0, 500))).toBe(true)
    expect(asked()).toContain('"media_type":"image/png"')
    const prompts = await world.rows('SELECT prompt FROM turns')
    expect(JSON.stringify(prompts)).not.toContain('iVBOR')
  })

  it('of a hundred megapixels is told of, and not sent', async () => {
    const link = await wantsFile()
    world.model.says('That is too large for me.')
    await drop(link, { name: 'huge.png', bytes: png(12_000, 9_000) })
    await world.rings()

    expect(asked()).toContain('File 1 is not shown: an image of 12000×9000')
    expect(asked()).not.toContain('"type":"image"')
  })

  it('is not shown any more once it is deleted, and nothing is sent that was thought behind it', async () => {
    const { model, david } = world
    const link = await wantsFile()
    model.thinks('A fence.').says('A white fence.')
    await drop(link, PHOTO)
    await world.rings()
    await world.rows("UPDATE files SET state = 'gone' WHERE number = 1")

    model.says('It is gone.')
    await world.asks(david, 'and now?')
    expect(asked()).toContain('File 1 was deleted.')
    expect(asked()).not.toContain('"type":"image"')
    expect(asked()).not.toContain('"type":"thinking"')
  })

  it('of which there are more than eight shows eight', async () => {
    const link = await wantsFile()
    world.model.says('Many fences.')
    expect(await drop(link, ...Array.from({ length: 9 }, () => PHOTO))).toBe('broken')
    expect(await drop(link, ...Array.from({ length: 8 }, () => PHOTO))).toBe('done')
    await world.rings()
    expect(asked().match(/"type":"image"/g)).toHaveLength(8)
  })
})

it('a PDF is shown whole', async () => {
  const link = await wantsFile()
  world.model.says('One page, empty.')
  await drop(link, { name: 'Angebot.pdf', bytes: pdf() })
  await world.rings()
  expect(asked()).toContain('"media_type":"application/pdf"')
  expect(asked()).toContain('"title":"Angebot.pdf"')
})

it('a PDF of many pages is left to tools', async () => {
  const link = await wantsFile()
  world.model.says('Many pages.')
  await drop(link, { name: 'Angebot.pdf', bytes: pdf(101) })
  await world.rings()
  expect(asked()).toContain('a PDF of 101 pages is read by pages')
  expect(asked()).not.toContain('application/pdf')
})
