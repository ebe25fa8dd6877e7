import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld, type World } from '../support/world.ts'

const SHOW = { action: 'show' }
const ADD = { action: 'add', texts: ['Order wood'] }

/** Whatever the model was told of its tools, oldest first. */
async function told(world: World) {
  const rows = await world.rows('SELECT result FROM tool_uses ORDER BY turn, step, number')
  return rows.map(({ result }) => JSON.parse(String(result)))
}

/** How often the list stands in the room. */
function standing({ campfire, assistant, watercooler }: World, title = 'To do') {
  return campfire.postsOf(assistant, watercooler).filter(({ plain }) => plain.startsWith(title))
}

function isCreate(request: Request) {
  return request.method === 'POST' && isOfTheRoom(request)
}

function isList(request: Request) {
  return request.method === 'GET' && isOfTheRoom(request)
}

function isOfTheRoom({ url }: Request) {
  return /^\/rooms\/.*\/messages$/.test(new URL(url).pathname)
}

const LOST = () => new TypeError('Network connection lost.')

describe('a list whose message was sent, and the answer never came', () => {
  const world = useWorld()
  const change = useBotChanges()

  it('is found in the room at once, and stands there once', async () => {
    change({ reply: 'whole' })
    let lost = 0
    world.fault = async (request, when) => {
      if (when === 'after' && isCreate(request) && lost++ === 0) throw LOST()
      return undefined
    }
    world.model.uses('list', ADD).uses('list', SHOW).says('Above.')
    await world.asks(world.david, 'show it')

    expect(lost).toBe(2)
    expect(standing(world)).toHaveLength(1)
    expect((await told(world)).at(-1).result.told).toMatch(/stands in the room now/)
    await world.passes(60_000)
    expect(world.answers()).toHaveLength(2)
  })

  it('is found later, behind what was said since', async () => {
    change({ reply: 'whole' })
    let [lost, missed] = [0, 0]
    world.fault = async (request, when) => {
      if (when === 'after' && isCreate(request) && lost++ === 0) throw LOST()
      if (when === 'before' && isList(request) && lost === 1 && missed++ === 0)
        return new Response('busy', { status: 503 })
      return undefined
    }
    world.model
      .uses('list', ADD)
      .uses('list', { ...ADD, list: 'Shopping' })
      .uses('list', SHOW)
      .uses('list', { ...SHOW, list: 'Shopping' })
      .uses('list', SHOW)
      .says('Above.')
    await world.asks(world.david, 'show both')

    const results = await told(world)
    expect(missed).toBeGreaterThan(0)
    expect(results.map(({ ok }) => ok)).toEqual([true, true, false, true, true])
    expect([standing(world), standing(world, 'Shopping')].map((all) => all.length)).toEqual([1, 1])
  })

  it('stands once, also where its object was down for longer than a list is edited in place', async () => {
    change({ reply: 'whole' })
    let deaths = 0
    world.fault = async (request, when) => {
      if (when !== 'after' || !isCreate(request) || deaths++) return undefined
      return await world.dies()
    }
    world.model.uses('list', ADD).uses('list', SHOW).says('Above.')
    await world.says(world.david, 'show it')
    await world.handles()
    vi.setSystemTime(Date.now() + 30 * 60_000)
    await world.handles()
    await world.rings()

    expect(deaths).toBeGreaterThan(1)
    expect(standing(world)).toHaveLength(1)
    expect(world.answers()).toHaveLength(2)
  })

  it('goes nowhere while Campfire is away, and the model is told so', async () => {
    change({ reply: 'whole' })
    let isAway = true
    world.fault = async (request, when) =>
      when === 'before' && isAway && isCreate(request)
        ? new Response('busy', { status: 503 })
        : undefined
    world.model.uses('list', ADD).uses('list', SHOW)
    world.model.answers(() => {
      isAway = false
      return 'I could not show it.'
    })
    await world.asks(world.david, 'show it')

    expect((await told(world)).at(-1)).toMatchObject({ ok: false })
    expect(standing(world)).toEqual([])
    expect(world.answers()).toEqual(['I could not show it.'])
  })
})

describe('where nobody can ask what stands in the room', () => {
  const world = useWorld('v1.4.9')
  const change = useBotChanges()

  it('a list is not sent twice, and the model says that it may stand or not', async () => {
    change({ reply: 'whole' })
    let lost = 0
    world.fault = async (request, when) => {
      if (when === 'after' && isCreate(request) && lost++ === 0) throw LOST()
      return undefined
    }
    world.model.uses('list', ADD).uses('list', SHOW).uses('list', SHOW).says('It may be there.')
    await world.asks(world.david, 'show it')

    const [, first, second] = await told(world)
    for (const { result } of [first, second]) expect(result.told).toMatch(/may stand.* or not/)
    expect(standing(world)).toHaveLength(1)
  })
})
