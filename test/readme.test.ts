/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from 'vitest'
import { devDependencies, scripts } from '../package.json'

const pages = import.meta.glob<string>(
  ['../*.md', '../setup/*.md', '../bench/*.md', '!../bench/results/**'],
  { query: '?raw', import: 'default', eager: true },
)
const ours = Object.keys(
  import.meta.glob(['../*', '../setup/*', '../bench/*', '../test/campground/*.png'], {
    query: '?url',
  }),
)
const readme = pages['../README.md'] ?? ''
const [opening = '', ...sections] = readme.split(/^## /m)
const sectionOf = (name: string) =>
  sections.find((section) => section.startsWith(`${name}\n`)) ?? ''

describe('README', () => {
  it('is read in a minute: two hundred lines at most', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(200)
  })

  it('says in one sentence what this is, and shows it', () => {
    const [title, sentence, picture, ...more] = opening.trim().split('\n\n')

    expect(title).toBe('# Firekeeper')
    expect(sentence?.match(/[.!?](?=\s|$)/g)).toHaveLength(1)
    expect(picture).toMatch(/^!\[.+\]\(.+\.png\)$/)
    expect(more).toEqual([])
  })

  it('goes from what it does to what it cannot do', () => {
    expect(sections.map((section) => section.split('\n')[0])).toEqual([
      'What it does for a team',
      'Try it',
      'Put it into your Campfire',
      'Settings',
      'The promise',
      'Numbers',
      'Limits',
    ])
  })

  it('tells in eight points at most what it does', () => {
    const points = sectionOf('What it does for a team').match(/^- /gm)

    expect(points?.length).toBeGreaterThan(0)
    expect(points?.length).toBeLessThanOrEqual(8)
  })

  it('shows how to try it in two lines, and how to put it into a Campfire step by step', () => {
    const [, lines = ''] = /```sh\n([\s\S]*?)\n```/.exec(sectionOf('Try it')) ?? []

    expect(lines.split('\n')).toHaveLength(2)
    expect(sectionOf('Put it into your Campfire').match(/^\d\. /gm)?.length).toBeGreaterThan(2)
  })

  it.each([
    ['Settings', ['setting']],
    ['The promise', ['found after a crash', 'command']],
    ['Numbers', ['']],
  ])('has in %s a table for each of %j', (name, firsts) => {
    const heads = Array.from(
      sectionOf(name).matchAll(/^\| ?(.*?) ?\|.*\n\| ?---/gm),
      ([, first]) => first,
    )

    expect(heads).toEqual(firsts)
  })
})

describe.each(Object.entries(pages))('%s', (path, page) => {
  it('names commands that there are', () => {
    const run = Array.from(page.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g), ([, name = '']) => name)
    const short = Array.from(page.matchAll(/\bnpm (start|test)\b/g), ([, name = '']) => name)
    const tools = Array.from(page.matchAll(/\bnpx ([\w@/-]+)/g), ([, name = '']) => name)

    expect([...run, ...short].filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
    expect(tools.filter((name) => !Object.hasOwn(devDependencies, name))).toEqual([])
  })

  it('leads to files that there are', () => {
    const folder = new URL(path, 'https://here/test/')
    const links = Array.from(page.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g), ([, link = '']) => link)
    const there = ours.map((name) => new URL(name, 'https://here/test/').pathname)

    expect(links.filter((link) => !there.includes(new URL(link, folder).pathname))).toEqual([])
  })
})
