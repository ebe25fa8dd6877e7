import { describe, expect, it } from 'vitest'
import { campfireIn, serviceOf } from '../src/address.ts'

describe('the address of a Campfire', () => {
  const HOME = 'https://chat.example.com'

  it.each([
    HOME,
    'https://chat.example.com/',
    'https://chat.example.com//',
    ' HTTPS://Chat.Example.COM ',
    'https://chat.example.com.',
    'https://chat.example.com:443/',
    'https://CHAT.example.com.:443',
    'https://user:word@chat.example.com',
    'https://chat.example.com/?from=mail#top',
  ])('is the same however it is written: %s', (CAMPFIRE_URL) => {
    expect(campfireIn({ CAMPFIRE_URL })).toEqual({ address: HOME, id: HOME })
  })

  it.each([
    ['http://chat.example.com', 'http://chat.example.com'],
    ['http://Chat.example.com:80', 'http://chat.example.com'],
    ['https://chat.example.com:8443/', 'https://chat.example.com:8443'],
    ['https://example.com/Chat/', 'https://example.com/Chat'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000/', 'http://[::1]:3000'],
    ['chat.example.com/', 'chat.example.com'],
    ['', ''],
  ])('is another where it is another place: %s', (CAMPFIRE_URL, address) => {
    expect(campfireIn({ CAMPFIRE_URL }).address).toBe(address)
  })

  it.each([
    [
      { CAMPFIRE_URL: 'https://new.example.com', CAMPFIRE_ID: 'https://Old.example.com/' },
      'https://old.example.com',
    ],
    [{ CAMPFIRE_URL: 'https://new.example.com', CAMPFIRE_ID: ' Our campfire' }, 'Our campfire'],
    [{ CAMPFIRE_URL: 'https://new.example.com', CAMPFIRE_ID: '' }, 'https://new.example.com'],
  ])('is not what it is called, once it has moved', (env, id) => {
    expect(campfireIn(env)).toEqual({ address: 'https://new.example.com', id })
  })
})

describe('an object', () => {
  const MOVED = { CAMPFIRE_URL: 'https://new.example.com/', CAMPFIRE_ID: 'https://old.example.com' }

  it.each([
    [
      'https://new.example.com',
      { CAMPFIRE_URL: 'https://New.example.com' },
      'https://new.example.com',
      true,
    ],
    ['https://old.example.com', MOVED, 'https://new.example.com', true],
    ['https://Old.example.com', MOVED, 'https://Old.example.com', false],
    ['https://new.example.com', MOVED, 'https://new.example.com', false],
    ['ours', MOVED, 'https://new.example.com', false],
    ['https://any.example.com', {}, 'https://any.example.com', true],
  ])(
    'of %s knows where its requests go, and whether it is served',
    (url, env, address, isServed) => {
      expect(serviceOf({ url }, env)).toEqual({ address, isServed })
    },
  )
})
