/// <reference types="vite/types/importMeta.d.ts" />
import { expect, it } from 'vitest'
import { operator } from '../../src/operator.ts'
import { document, written } from './openapi/document.ts'
import { ROUTES } from './openapi/routes.ts'

/** For a browser alone. */
const PAGES = [
  'GET /*',
  'GET /assets/:name',
  'GET /mcp/callback',
  'GET /sign-in',
  'POST /sign-in',
  'POST /sign-out',
]

const [committed] = Object.values(
  import.meta.glob<string>('../../openapi.json', { query: '?raw', import: 'default', eager: true }),
)

it('openapi.json is as the schemas are: `node test/operator/openapi/write.ts` writes it anew', () => {
  expect(committed).toBe(written())
})

it('has every route of the operator, and no other: each is a row of openapi/routes.ts', () => {
  const routes = operator.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !PAGES.includes(route))

  expect([...new Set(routes)].sort()).toEqual(ROUTES.map(({ route }) => route).sort())
})

it('names each schema that it refers to, once', () => {
  const { components, ...rest } = document()
  const names = Array.from(JSON.stringify(rest).matchAll(/schemas\/(\w+)/g), ([, name]) => name)

  expect([...new Set(names)].sort()).toEqual(Object.keys(components.schemas).sort())
  expect(JSON.stringify(components)).not.toContain('"$ref"')
})
