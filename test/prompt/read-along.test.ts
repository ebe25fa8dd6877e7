import { describe, expect, it, vi } from 'vitest'
import { nameOf } from '../../src/address.ts'
import { CampfireError, type ListedMessage, type Page } from '../../src/campfire.ts'
import { lookAround } from '../../src/prompt/read-along.ts'
import { openTables, type Tables } from '../../src/tables.ts'
import { begins, inRoom, type Rows, says } from '../support/rows.ts'

const BOT = 3
const NOON = Date.UTC(2026, 10, 20, 12, 0)

function partsOf({ sql }: Rows): Tables {
  const name = nameOf({ url: 'https://chat.example.com', room: 1, bot: BOT })
  return openTables({ id: { name }, storage: { sql } } as unknown as DurableObjectState)
}

/** What Jason said, as the list shows it. */
function listed(id: number, text = `remark ${id}`, author = 2): ListedMessage {
  const html = `<div class="trix-content">${text}</div>`
  const jason = { id: author, name: 'Jason', role: 'member' }
  return { id, at: NOON, html, plain: text, author: jason, file: null }
}

function page(ids: number[], changes: Partial<Page> = {}): Page {
  const messages = ids.map((id) => listed(id))
  return { messages, more: false, total: null, unreadable: 0, ...changes }
}

/** A Campfire that answers with these pages, in order, and then fails. */
function campfire(...pages: Page[]) {
  const asked: unknown[] = []
  const list = async (range?: object) => {
    asked.push(range ?? 'newest')
    const [next] = pages.splice(0, 1)
    if (!next) throw new CampfireError('broken', { method: 'GET', names: 'room', room: 1 })
    return next
  }
  return { asked, open: () => ({ list }) }
}

/** The session has a turn in which the model read up to this message. */
function hasRead({ sql, session }: Tables, id: number) {
  session.begin(0, 1)
  const { id: turn } = begins(sql, { prompt: `<asked>\n<message id="${id}" author="David">hi` })
  sql.exec("UPDATE turns SET ended = 1, state = 'replied' WHERE id = ?", turn)
}

describe('what was said since', () => {
  it('is the newest page where nothing is known', async () => {
    await inRoom(async (rows) => {
      const { open, asked } = campfire(page([4, 5, 9], { more: true }))
      const view = await lookAround(partsOf(rows), open)

      expect(view?.said.map(({ id }) => id)).toEqual([4, 5, 9])
      expect({ more: view?.more, asked }).toEqual({ more: false, asked: ['newest'] })
    })
  })

  it('goes back to what was read before, page by page', async () => {
    await inRoom(async (rows) => {
      const parts = partsOf(rows)
      hasRead(parts, 5)
      const { open, asked } = campfire(
        page([8, 9], { more: true }),
        page([4, 5, 6], { more: true }),
      )
      const view = await lookAround(parts, open)

      expect(view?.said.map(({ id }) => id)).toEqual([6, 8, 9])
      expect({ more: view?.more, asked }).toEqual({ more: false, asked: ['newest', { before: 8 }] })
    })
  })

  it('is what could be had, and there was more', async () => {
    await inRoom(async (rows) => {
      vi.spyOn(console, 'warn').mockImplementation(() => {})
      const parts = partsOf(rows)
      hasRead(parts, 1)
      const view = await lookAround(parts, campfire(page([8, 9], { more: true })).open)

      expect(view?.said.map(({ id }) => id)).toEqual([8, 9])
      expect(view?.more).toBe(true)
    })
  })

  it('leaves out what the bot said, and what has neither words nor a file', async () => {
    await inRoom(async (rows) => {
      const messages = [listed(4, 'mine', BOT), listed(5, ''), listed(6, 'theirs')]
      const view = await lookAround(partsOf(rows), campfire(page([], { messages })).open)

      expect(view?.said.map(({ text }) => text)).toEqual(['theirs'])
    })
  })

  it('reads no more than the beginning of a message without end', async () => {
    await inRoom(async (rows) => {
      const messages = [listed(4, 'word '.repeat(1_000_000))]
      const view = await lookAround(partsOf(rows), campfire(page([], { messages })).open)

      expect(view?.said[0]?.text.length).toBeLessThan(20_001)
    })
  })
})

describe('a message that we were told of and that is not listed', () => {
  async function goneAmong(known: number[], ...pages: Page[]) {
    return await inRoom(async (rows) => {
      const parts = partsOf(rows)
      hasRead(parts, 1)
      for (const id of known) parts.inbox.add(says(1, 'hi', { id }), 0)
      return [...((await lookAround(parts, campfire(...pages).open))?.gone ?? [])]
    })
  }

  it.each<[string, number[], Page[], number[]]>([
    ['is gone between others that are', [5], [page([4, 6])], [5]],
    ['is gone before the first of a room', [2], [page([4, 6])], [2]],
    ['may have come after the list', [7], [page([4, 6])], []],
    ['may be older than the list', [2], [page([4, 6, 8], { more: true })], []],
    ['may have been cut off at the edge of a page', [5], [page([4, 6, 8], { more: true })], []],
    ['is gone within a page', [7], [page([4, 6, 8], { more: true }), page([1])], [7]],
    ['may be one that could not be read', [5], [page([4, 6], { unreadable: 1 })], []],
    ['may be anything where nothing is listed', [5], [page([])], []],
    ['is there when it is', [4, 6], [page([4, 6])], []],
  ])('%s', async (_, known, pages, gone) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    expect(await goneAmong(known, ...pages)).toEqual(gone)
  })

  it('is not gone when it is not from Campfire itself', async () => {
    await inRoom(async (rows) => {
      const parts = partsOf(rows)
      parts.inbox.add(says(1, 'hi', { id: 5, room: null }), 0)
      const view = await lookAround(parts, campfire(page([4, 6])).open)

      expect(view?.gone.size).toBe(0)
    })
  })

  it('takes its words out of what the model has read, and no others', async () => {
    await inRoom(async (rows) => {
      const parts = partsOf(rows)
      const said = (id: number, text: string) =>
        `<message id="${id}" author="David">${text}</message>`
      parts.session.begin(0, 1)
      const prompt = [said(5, 'the secret'), said(55, 'no secret')].join('\n')
      const { id } = begins(rows.sql, { prompt })
      rows.sql.exec("UPDATE turns SET ended = 1, state = 'replied' WHERE id = ?", id)
      parts.inbox.add(says(1, 'hi', { id: 5 }), 0)
      await lookAround(parts, campfire(page([4, 55])).open)

      expect(rows.sql.exec('SELECT prompt FROM turns').one().prompt).toBe(
        `<message id="5" deleted="yes"></message>\n${said(55, 'no secret')}`,
      )
    })
  })

  it('is looked for in the archive once', async () => {
    await inRoom(async (rows) => {
      const parts = partsOf(rows)
      parts.inbox.add(says(1, 'hi', { id: 5 }), 0)
      const pages = [page([4, 6]), page([4, 6])]
      const { open } = campfire(...pages)
      await lookAround(parts, open)
      rows.cost()
      await lookAround(parts, open)

      expect(rows.cost().written).toBe(0)
      expect(parts.archive.drop(new Set([5]))).toEqual([])
    })
  })
})

describe('who is mentioned', () => {
  const node = (inner: string) =>
    `<action-text-attachment sgid="${OF_KEVIN}--bad" content-type="${TYPE}">${inner}</action-text-attachment>`
  const TYPE = 'application/vnd.campfire.mention'
  const chip = (sgid: string) => `<div class="mention" sgid="${sgid}">Kevin</div>`
  const OF_KEVIN = btoa('{"_rails":{"data":"gid://campfire/User/4?expires_in"}}')

  it.each([
    ['as Campfire has signed it', node(chip(`${OF_KEVIN}--600d`)), `${OF_KEVIN}--600d`],
    ['not as somebody sent it', node('').replace('>', ' content="Kevin">'), `${OF_KEVIN}--01d`],
  ])('is known %s', async (_, html, sgid) => {
    await inRoom(async (rows) => {
      const parts = partsOf(rows)
      parts.people.learn([{ id: 4, name: 'Kevin', sgid: `${OF_KEVIN}--01d`, by: 'chip' }])
      await lookAround(parts, campfire(page([], { messages: [listed(5, html)] })).open)

      expect(parts.people.mentionable()).toEqual(new Map([['Kevin', sgid]]))
    })
  })
})

describe('a Campfire that', () => {
  it('takes too long is left, and its request cut', async () => {
    await inRoom(async (rows) => {
      vi.spyOn(console, 'warn').mockImplementation(() => {})
      let cut = false
      const hangs = (signal: AbortSignal) => ({
        list: () =>
          new Promise<Page>((_, reject) => {
            signal.addEventListener('abort', () => {
              cut = true
              reject(signal.reason)
            })
          }),
      })

      expect(await lookAround(partsOf(rows), hangs, 10)).toBeNull()
      expect(cut).toBe(true)
    })
  })

  it.each([
    ['unsupported', 0],
    ['broken', 1],
    ['rejected_key', 1],
  ] as const)('says %s is nothing to wait for, and logged %i times', async (kind, times) => {
    await inRoom(async (rows) => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
      const list = async () => {
        throw new CampfireError(kind, { method: 'GET', names: 'room', room: 1 })
      }

      expect(await lookAround(partsOf(rows), () => ({ list }))).toBeNull()
      expect(warn).toHaveBeenCalledTimes(times)
      warn.mockRestore()
    })
  })
})
