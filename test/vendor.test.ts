import { expect, it } from 'vitest'
import { load } from '../src/vendor.ts'

it('loads each library where the Worker runs, with what is used of it', async () => {
  const [mcp, unpdf] = await Promise.all([load('mcp'), load('unpdf')])

  expect(new mcp.Client({ name: 'firekeeper', version: '1' })).toBeInstanceOf(mcp.Client)
  expect(unpdf.getDocumentProxy).toBeTypeOf('function')
})
