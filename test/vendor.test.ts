import { expect, it } from 'vitest'
import { load } from '../src/vendor.ts'

it('loads each library where the Worker runs, with what is used of it', async () => {
  const [hucre, mammoth, mcp, papaparse, unpdf] = await Promise.all([
    load('hucre'),
    load('mammoth'),
    load('mcp'),
    load('papaparse'),
    load('unpdf'),
  ])

  expect(Object.keys(hucre).sort()).toEqual(['readXlsx', 'streamXlsxRows'])
  expect(Object.keys(mammoth)).toEqual(['convertToHtml'])
  expect(new mcp.Client({ name: 'firekeeper', version: '1' })).toBeInstanceOf(mcp.Client)
  expect(papaparse.default.parse('a;b\n1;2').meta.delimiter).toBe(';')
  expect(unpdf.getDocumentProxy).toBeTypeOf('function')
})
