import { describe, expect, it } from 'vitest'
import { toHtml } from '../../src/campfire/html.ts'
import { fileNameOf } from '../../src/campfire/request.ts'
import { Campfire } from '../../src/campfire.ts'
import {
  answer,
  BOOST,
  CALLS,
  type Call,
  KEY,
  listed,
  network,
  type Reply,
  ROOM,
} from './network.ts'

describe('what is sent', () => {
  it.each<[Call, string, string, string | null, Reply]>([
    ['post', 'POST', ROOM, toHtml('a secret plan'), answer(201)],
    ['edit', 'PATCH', `${ROOM}/7`, toHtml('a secret plan'), answer(200, listed(7))],
    ['boost', 'POST', `${ROOM}/7/boosts`, '👀', answer(201, BOOST)],
    ['delete', 'DELETE', `${ROOM}/7`, null, answer(204)],
    ['unboost', 'DELETE', `${ROOM}/7/boosts/9`, null, answer(204)],
    ['list', 'GET', ROOM, null, answer(200, [])],
    ['before', 'GET', `${ROOM}?before=7`, null, answer(204)],
  ])('to %s is exact', async (call, method, url, body, reply) => {
    const { campfire, asked } = network(reply)
    await CALLS[call](campfire)

    const [request] = asked
    expect(asked).toHaveLength(1)
    expect(request).toMatchObject({ method, url, redirect: 'manual' })
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      'user-agent': 'Firekeeper',
      ...(body !== null && { 'content-type': 'text/plain; charset=utf-8' }),
    })
    expect(await request?.text()).toBe(body ?? '')
  })

  it('can ask for what came after a message', async () => {
    const { campfire, asked } = network(answer(200, []))
    await campfire.list({ after: 7 })
    expect(asked[0]?.url).toBe(`${ROOM}?after=7`)
  })

  it('carries a file as the one part that Campfire looks for', async () => {
    const { campfire, asked } = network(answer(201))
    await campfire.attach({
      name: 'q"3\r\n.csv',
      type: 'text/csv',
      body: new Uint8Array([104, 105]),
    })

    const form = await asked[0]?.formData()
    const file = form?.get('attachment') as unknown as File
    expect([...(form?.keys() ?? [])]).toEqual(['attachment'])
    expect(file).toMatchObject({ name: 'q-3--.csv', type: 'text/csv' })
    expect(await file.text()).toBe('hi')
  })

  it.each([
    ['report.pdf', 'report.pdf'],
    [' größe 🙂.txt ', 'größe 🙂.txt'],
    ['../../etc/passwd', '..-..-etc-passwd'],
    ['50%: a|b\\c\u202etxt', '50-- a-b-c-txt'],
    ['  ', 'file'],
  ])('calls the file %j what Campfire will call it', (name, expected) => {
    expect(fileNameOf(name)).toBe(expected)
  })

  it('is well-formed whatever the model wrote', async () => {
    const { campfire, asked } = network(answer(201))
    await campfire.post('half \ud83d and\0 none')
    expect(await asked[0]?.text()).not.toMatch(/\p{Surrogate}|\0/u)
  })

  it.each([
    'https://chat.example.com/',
    'https://chat.example.com/?x=1#y',
    'https://ada:pw@chat.example.com',
  ])('goes to the origin of %s', async (url) => {
    const { place, asked } = network(answer(201))
    await new Campfire({ ...place, url }).post('hi')
    expect(asked[0]?.url).toBe(ROOM)
  })

  it('keeps the path that Campfire lives under', async () => {
    const { place, asked } = network(answer(201))
    await new Campfire({ ...place, url: 'http://10.0.0.2:3000/chat/' }).post('hi')
    expect(asked[0]?.url).toBe(`http://10.0.0.2:3000/chat/rooms/1/${KEY}/messages`)
  })

  it.each([
    { url: 'chat.example.com' },
    { url: 'file:///etc' },
    { room: 1.5 },
    { room: -1 },
    { key: '' },
    { key: '3-abc/../4' },
    { key: '../4-abc' },
  ])('is nothing with %j', (wrong) => {
    const { place } = network(answer(201))
    expect(() => new Campfire({ ...place, ...wrong })).toThrow(TypeError)
  })

  it.each<[string, (campfire: Campfire) => Promise<unknown>]>([
    ['an empty message', (campfire) => campfire.post('')],
    ['a blank message', (campfire) => campfire.post(' \n\u00a0\u200b')],
    ['an edit that would blank', (campfire) => campfire.edit(7, '\n')],
    ['a blank boost', (campfire) => campfire.boost(7, ' ')],
    ['a message of no id', (campfire) => campfire.delete(0)],
    ['a cursor of no id', (campfire) => campfire.list({ before: 0 })],
    ['a boost of no id', (campfire) => campfire.unboost(7, Number.NaN)],
  ])('is nothing for %s', async (_, call) => {
    const { campfire, asked } = network(answer(201))
    await expect(call(campfire)).rejects.toMatchObject({ kind: 'refused', status: null })
    expect(asked).toEqual([])
  })
})
