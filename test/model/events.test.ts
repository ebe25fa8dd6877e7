import { expect, it } from 'vitest'
import { type Arrival, arrivalsIn } from '../../src/model/events.ts'

const said = { event: 'ping', data: '{"type":"ping"}' }

const STREAMS: [string, string[], Arrival[]][] = [
  ['as the API sends it', ['event: ping\ndata: {"type":"ping"}\n\n'], [said]],
  ['cut anywhere', [...'event: ping\ndata: {"type":"ping"}\n\n'], [said]],
  ['with both ends of a line', ['event: ping\r\ndata: {"type":"ping"}\r', '\n\r\n'], [said]],
  ['with the end of a line of long ago', ['event: ping\rdata: {"type":"ping"}\r\r'], [said]],
  ['with a mark in front', ['\ufeffevent: ping\ndata: {"type":"ping"}\n\n'], [said]],
  ['of which the last line is not ended', ['event: ping\ndata: {"type":"ping"}'], [said]],
  ['of which the last event is not ended', ['event: ping\ndata: {"type":"ping"}\n'], [said]],
  ['without a name', ['data: {"type":"ping"}\n\n'], [{ event: null, data: said.data }]],
  ['with comments before', [': hello\n\n', 'event: ping\ndata: {"type":"ping"}\n\n'], [said]],
  ['that is JSON in one piece', ['{"type":', '"message"}'], [{ whole: '{"type":"message"}' }]],
  ['that is a page', ['<h1>Hello</h1>\n\n', '<p>…</p>'], [{ whole: '<h1>Hello</h1>\n\n<p>…</p>' }]],
  ['of comments alone', [': hello\n\n', ': hello\n\n'], [{ whole: ': hello\n\n: hello\n\n' }]],
  ['without anything', [], []],
]

it.each(STREAMS)('an answer %s is heard', async (_, pieces, arrivals) => {
  let bytes = 0
  expect(await heard(pieces, () => bytes++)).toEqual(arrivals)
  expect(bytes).toBe(pieces.length)
})

it('letters that are cut between two pieces are whole', async () => {
  const bytes = new TextEncoder().encode('data: "schön 火"\n\n')
  const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte))
  expect(await heard(pieces)).toEqual([{ event: null, data: '"schön 火"' }])
})

async function heard(pieces: (string | Uint8Array)[], alive = () => {}) {
  const encoder = new TextEncoder()
  const chunks = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece))
  const body = new ReadableStream({
    pull(line) {
      const chunk = chunks.shift()
      if (chunk) line.enqueue(chunk)
      else line.close()
    },
  })
  const arrivals: Arrival[] = []
  for await (const arrival of arrivalsIn(new Response(body), alive)) arrivals.push(arrival)
  return arrivals
}
