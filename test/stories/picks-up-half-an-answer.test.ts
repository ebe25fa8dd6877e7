import { describe, expect, it, vi } from 'vitest'
import { SENTENCES, sentencesFor } from '../../src/sentences.ts'
import { callOf } from '../faults/faults.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const PIECES = ['It **begins** well.\n\n', '- one\n- two\n\n', 'And it goes on.\n\n', 'To its end.']
const { pickingUp } = SENTENCES

describe('half an answer, when its object has died,', () => {
  const world = useWorld()

  it('says that it is being picked up again, shows no less, and is whole in the end', async () => {
    dies(3)
    const seen = seenMeanwhile()
    await world.says(world.david, 'a story')
    await life()
    const [half = ''] = world.answers()
    expect(half).toContain('two')
    await life()

    expect(seen[0]).toBe(`${half}\n\n${pickingUp}…`)
    expect(world.answers()).toEqual([expect.stringMatching(/^It begins well\..*To its end\.$/s)])
    expect(posts()[0]?.screen).toContain('<strong>begins</strong>')
  })

  it('says so once, however often it dies, and never shrinks', async () => {
    const edits: string[] = []
    dies(3, 3)
    world.model.answers(async () => {
      await quiet()
      return 'Whole.'
    })
    const fault = world.fault
    world.fault = async (request, when) => {
      if (when === 'before' && callOf(request) === 'edit') edits.push(await request.clone().text())
      return await fault?.(request, when)
    }
    await world.says(world.david, 'a story')
    for (let lives = 0; lives < 3; lives++) await life()
    await world.passes(15 * SECOND)

    expect(edits.filter((text) => text.includes(pickingUp))).toHaveLength(1)
    expect(world.answers()).toEqual(['Whole.'])
  })

  it('says so in the language of the asker', async () => {
    dies(3)
    const seen = seenMeanwhile()
    await world.says(world.david, 'erzähl mir bitte eine Geschichte, die gut ausgeht')
    await life()
    await life()

    expect(seen[0]).toContain(sentencesFor('de').pickingUp)
  })

  it('is left alone when a person has deleted it', async () => {
    dies(3)
    world.model.says('Nobody wants this.')
    await world.says(world.david, 'a story')
    await life()
    for (const post of posts()) world.campfire.deleteMessage(post)
    await life()

    expect(world.answers()).toEqual([])
  })

  it('keeps what a person made of it meanwhile', async () => {
    dies(3)
    const seen = seenMeanwhile()
    await world.says(world.david, 'a story')
    await life()
    world.campfire.editAsPerson(posts()[0]?.id ?? 0, { text: 'Without the secret.' })
    await life()

    expect(seen[0]).toBe(`Without the secret.\n\n${pickingUp}…`)
  })

  it.each([
    [
      'in the middle of code',
      ['Like so:\n\n```js\nlet a = 1\n', 'let b = 2\n', 'let c = 3\n', '```\n\nEnd.'],
    ],
    [
      'in the middle of a table',
      ['As a table:\n\n| a | b |\n| - | - |\n', '| 1 | 2 |\n', '| 3 | 4 |\n', '\nEnd.'],
    ],
    [
      'with a quote',
      ['> You said so.\n\n', 'Not [I](https://example.com/a_b).\n\n', '1. One\n2. Two\n', '\nEnd.'],
    ],
    [
      'behind a name',
      ['@Kevin said this.\n\n', 'And 2 * 3 * 4 < 5 & more.\n\n', 'Well.\n\n', 'End.'],
    ],
  ])('says so also %s', async (_, pieces) => {
    const before = async (piece: number) => {
      await quiet()
      vi.setSystemTime(Date.now() + 1.5 * SECOND)
      if (piece === 3) await world.dies()
    }
    await world.posts(world.kevin, { text: 'Morning', mentions: [world.assistant] })
    world.model.says('Good morning.')
    await world.rings()
    world.model.says(pieces.join(''), { pieces, before })
    const seen: string[] = []
    world.model.answers(async () => {
      await quiet()
      seen.push(world.answers()[1] ?? '')
      return pieces.join('')
    })
    await world.says(world.david, 'go on')
    await life()
    const half = world.answers()[1] ?? ''
    expect(half).not.toContain('End.')
    await life()

    expect(seen[0]?.replace(/\s+/g, ' ')).toBe(`${half} ${pickingUp}…`.replace(/\s+/g, ' '))
    expect(world.answers().slice(1)).toEqual([expect.stringMatching(/End\.$/)])
  })

  it('says so too when only the call broke off', async () => {
    slowly(() => {})
    world.model.breaks('before end', 'resets')
    const seen = seenMeanwhile()
    await world.asks(world.david, 'a story')
    expect(world.answers()[0]).toContain(`${pickingUp}…`)
    await world.passes(2 * SECOND)

    expect(seen[0]).toMatch(new RegExp(`^It begins well\\..*${pickingUp}…$`, 's'))
    expect(world.answers()).toEqual([expect.stringMatching(/^It begins well\..*To its end\.$/s)])
  })

  /** Writes it, a second and a half for each piece, and dies at this one, once for each. */
  function dies(...at: number[]) {
    for (const end of at) {
      let piece = 0
      slowly(async () => {
        if (piece++ !== end) return
        await world.dies()
      })
    }
  }

  /** What the room shows when the model is asked again, before it has answered. */
  function seenMeanwhile() {
    const seen: string[] = []
    world.model.answers(async () => {
      await quiet()
      seen.push(world.answers()[0] ?? '')
      return PIECES.join('')
    })
    return seen
  }

  function slowly(each: () => unknown) {
    const before = async () => {
      await quiet()
      vi.setSystemTime(Date.now() + 1.5 * SECOND)
      await each()
    }
    world.model.says(PIECES.join(''), { pieces: PIECES, before })
  }

  async function quiet() {
    for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setTimeout(resolve))
  }

  function posts() {
    return world.campfire.postsOf(world.assistant, world.watercooler)
  }

  async function life() {
    await world.handles()
  }
})
