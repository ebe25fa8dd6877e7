import { exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { PLAN, useFiles } from '../support/drop.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const { asked } = useFiles(world)

describe('a link to a file of this Campfire', () => {
  const BLOB = 'https://chat.example.com/rails/active_storage/blobs/redirect/eyJf--1/plan.txt'
  const DISK = 'https://chat.example.com/rails/active_storage/disk/eyJf--2/plan.txt'
  let fetched: string[] = []

  /** What stands at these addresses, in place of whatever Campfire would say. */
  function stands(places: Record<string, () => Response>) {
    fetched = []
    world.fault = async (request, when) => {
      const { url, headers } = request
      if (when === 'after' || !(url in places || url.includes('active_storage'))) return undefined
      fetched.push(url)
      expect([...headers.keys()].filter((name) => /cookie|auth/.test(name))).toEqual([])
      return places[url]?.() ?? new Response(null, { status: 404 })
    }
  }
  const to = (location: string) => () => new Response(null, { status: 302, headers: { location } })
  const plan = () =>
    new Response(PLAN.bytes, {
      headers: {
        'content-disposition': `inline; filename="plan.txt"; filename*=UTF-8''pl%C3%A4n.txt`,
      },
    })

  it('is followed, and the file is there', async () => {
    stands({ [BLOB]: to(DISK), [DISK]: plan })
    world.model.says('A plan.')
    await world.asks(world.david, `what is this? ${BLOB}`)
    expect(fetched).toEqual([BLOB, DISK])
    expect(asked()).toContain(
      '<file number=\\"1\\" name=\\"plän.txt\\" kind=\\"text\\" bytes=\\"39\\"/>',
    )
    expect(asked()).not.toContain('came through the link')
    expect(await world.rows('SELECT origin, author, message FROM files')).toEqual([
      { origin: 'linked', author: 1, message: 1 },
    ])
  })

  it('is fetched once, however often its turn has to begin', async () => {
    stands({ [BLOB]: plan })
    world.model.says('A plan.').says('Another question.')
    await world.asks(world.david, `what is this? ${BLOB}`)
    await world.asks(world.david, 'and now?')
    expect(fetched).toEqual([BLOB])
  })

  it.each([
    'https://evil.example/rails/active_storage/blobs/redirect/1/plan.txt',
    'https://chat.example.com.evil.example/rails/active_storage/blobs/1/plan.txt',
    'http://chat.example.com/rails/active_storage/blobs/redirect/1/plan.txt',
    'https://chat.example.com:8443/rails/active_storage/blobs/redirect/1/plan.txt',
    'https://chat.example.com@evil.example/rails/active_storage/blobs/1/plan.txt',
    'https://me:pass@chat.example.com/rails/active_storage/blobs/1/plan.txt',
    'https://chat.example.com/rooms/1?x=/rails/active_storage/blobs/1',
    'https://chat.example.com/rails/active_storage/blobs/../../../account/bots',
    'https://chat.example.com/rails/active_storage/blobs/%2e%2e/%2e%2e/%2e%2e/account',
    'https://chat.example.com/rails/active_storage/blobs/..%2f..%2f..%2faccount',
    'https://chat.example.com/rails/active_storage/blobs/x/%252E%252E%5C..%5Caccount',
    'https://chat.example.com/rails/active_storage/blobs/a%2F..',
    'https://chat.example.com/rails%2factive_storage/blobs/1/plan.txt',
    'https://chat.example.com./rails/active_storage/blobs/1/plan.txt',
    'https://chat.example.com\\@evil.example/rails/active_storage/blobs/1/plan.txt',
    'https://chat.example.com/rails/active_storage/direct_uploads',
  ])('is not followed to %s', async (link) => {
    stands({})
    world.model.says('I cannot look there.')
    await world.asks(world.david, `what is this? ${link}`)
    expect(fetched).toEqual([])
    expect(await world.rows('SELECT * FROM files')).toEqual([])
  })

  it.each([
    [
      'another place',
      'https://evil.example/rails/active_storage/disk/1/plan.txt',
      'leads out of this Campfire',
    ],
    ['another page', 'https://chat.example.com/session/new', 'leads out of this Campfire'],
    ['a third place', BLOB, 'did not give out'],
  ])('is not followed on to %s', async (_, location, hint) => {
    stands({ [BLOB]: to(location) })
    world.model.says('That did not work.')
    await world.asks(world.david, `what is this? ${BLOB}`)
    expect(fetched.filter((url) => url !== BLOB)).toEqual([])
    expect(asked()).toContain(hint)
  })

  it('is not followed where it only stands in what somebody quotes', async () => {
    stands({ [BLOB]: plan })
    const quoted = await world.posts(world.jason, { text: `mine: ${BLOB}` })
    world.model.says('Which plan?')
    const { david, assistant } = world
    await world.posts(david, { text: 'what is that?', replyTo: quoted, mentions: [assistant.id] })
    await world.rings()
    expect(world.model.prompts).toHaveLength(1)
    expect(fetched).toEqual([])
  })

  it('is not waited for any longer than a minute, however many there are', async () => {
    const links = [1, 2, 3, 4].map((n) => BLOB.replace('--1', `--${n}`))
    const slow = () => {
      vi.setSystemTime(Date.now() + 24_000)
      return plan()
    }
    stands(Object.fromEntries(links.map((link) => [link, slow])))
    world.model.says('Three plans.')
    await world.asks(world.david, `what are these? ${links.join(' ')}`)
    expect(fetched).toEqual(links.slice(0, 3))
    expect(asked()).toContain('took too long to fetch')
    expect(await world.rows('SELECT number FROM files')).toHaveLength(3)
  })

  it('of more than 25 MB is not taken, and read no further', async () => {
    let sent = 0
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            sent++
            controller.enqueue(new Uint8Array(500_000))
          },
        }),
      )
    stands({ [BLOB]: endless })
    world.model.says('Too much.')
    await world.asks(world.david, `what is this? ${BLOB}`)
    expect(asked()).toContain('has more than 25 MB')
    expect(sent).toBeLessThan(60)
    expect(await world.rows('SELECT * FROM file_chunks')).toEqual([])
  })

  it('of somebody whom nobody can be sure of is not followed', async () => {
    stands({ [BLOB]: plan })
    const body = { creator: { id: 1, name: 'David' }, room: { id: 1, name: 'x' }, content: BLOB }
    const request = new Request('https://firekeeper.example.com/webhook', {
      method: 'POST',
      body: JSON.stringify(body),
    })
    await exports.default.fetch(request)
    await world.rings()
    expect(fetched).toEqual([])
  })
})
