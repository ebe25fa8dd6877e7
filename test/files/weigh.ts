import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { askTable, kindOf, pagesOf, type Source, sheetsOf, textOf } from '../../src/files.ts'

// `node --expose-gc weigh.ts FILE` reads a file as the tools do, and says what that came to: what was alive at most
// beyond what there was before, in bytes, and how long it took, in ms.
const file = openSync(process.argv[2] ?? '', 'r')
const used = () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
let [peak, reads] = [0, 0]
const source: Source = {
  bytes: fstatSync(file).size,
  read(from, to) {
    if (++reads % 32 === 0) peak = Math.max(peak, used())
    const bytes = new Uint8Array(Math.max(0, Math.min(to, source.bytes) - from))
    readSync(file, bytes, 0, bytes.length, from)
    return bytes
  },
}

// Its library is there for as long as the process is, whatever is read.
const { kind } = kindOf(source)
if (kind === 'pdf') await pagesOf(source, [1, 1])
const idle = used()
const at = performance.now()
// What has all of its bytes at once, as a PDF, lets others in between its pages.
const watch = setInterval(() => {
  peak = Math.max(peak, used())
})
const found = await read().catch((error) => String(error.message))
clearInterval(watch)
const ms = Math.round(performance.now() - at)
peak = Math.max(peak, used())
closeSync(file)
console.log(JSON.stringify({ kind, found, heap: Math.max(0, peak - idle), ms }))

async function read() {
  if (kind === 'pdf') {
    const { count, pages } = await pagesOf(source, [1, 20])
    peak = Math.max(peak, used())
    return `${pages.length} of ${count}`
  }
  if (kind === 'xlsx' || kind === 'csv') {
    const sums = [{ of: 'sum' as const, column: 'B' }]
    const sort = [{ column: 'sum of cups', order: 'down' as const }]
    const question = { groupBy: [{ column: 'A' }], sums, sort, from: 0, limit: 5 }
    const { found } = await askTable(await sheetsOf(source, kind), { question })
    return `${found} groups`
  }
  const { parts } = await textOf(source, kind)
  peak = Math.max(peak, used())
  return `${parts.length} parts`
}
