import { asSource } from '../../src/files/source.ts'

const encoder = new TextEncoder()

export function fileOf(...parts: (string | number[] | Uint8Array)[]) {
  const all = parts.map((part) =>
    typeof part === 'string' ? encoder.encode(part) : new Uint8Array(part),
  )
  return asSource(joined(all))
}

export function latin1(text: string) {
  return Array.from(text, (sign) => sign.charCodeAt(0))
}

export function utf16(text: string, isBig = false) {
  return [...text].flatMap((sign) => {
    const code = sign.charCodeAt(0)
    const pair = [code & 0xff, code >> 8]
    return isBig ? pair.reverse() : pair
  })
}

/** What the directory of a zip says of a file in it, against the truth. */
interface Lies {
  bytes?: number
  locked?: boolean
}

export async function zipOf(
  contents: Record<string, string | Uint8Array | ReadableStream<Uint8Array>>,
  lies: Lies = {},
) {
  const locals: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const [name, content] of Object.entries(contents)) {
    const title = encoder.encode(name)
    const { packed, bytes } = await deflated(content)
    const flags = lies.locked ? 1 : 0
    const sizes = [...four(0), ...four(packed.length), ...four(lies.bytes ?? bytes)]
    const names = [...two(title.length), ...two(0)]
    const local = [...four(0x04034b50), ...two(20), ...two(flags), ...two(8), ...four(0)]
    const head = new Uint8Array([...local, ...sizes, ...names])
    locals.push(head, title, packed)
    directory.push(
      new Uint8Array([
        ...[...four(0x02014b50), ...two(20), ...two(20), ...two(flags), ...two(8), ...four(0)],
        ...[...sizes, ...names, ...two(0), ...two(0), ...two(0), ...four(0), ...four(at)],
      ]),
      title,
    )
    at += head.length + title.length + packed.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const count = two(Object.keys(contents).length)
  const sizes = [...four(size), ...four(at), ...two(0)]
  const end = new Uint8Array([
    ...four(0x06054b50),
    ...two(0),
    ...two(0),
    ...count,
    ...count,
    ...sizes,
  ])
  return asSource(joined([...locals, ...directory, end]))
}

async function deflated(content: string | Uint8Array | ReadableStream<Uint8Array>) {
  let bytes = 0
  const stream = content instanceof ReadableStream ? content : new Blob([content]).stream()
  const counted = stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        bytes += piece.length
        controller.enqueue(piece)
      },
    }),
  )
  const packed = await new Response(
    counted.pipeThrough(new CompressionStream('deflate-raw')),
  ).bytes()
  return { packed, bytes }
}

/** So many zeros, which nobody has to hold. */
export function zeros(bytes: number) {
  let left = bytes
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = Math.min(left, 65_536)
      left -= size
      if (size) controller.enqueue(new Uint8Array(size))
      else controller.close()
    },
  })
}

function joined(all: Uint8Array[]) {
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const one of all) {
    whole.set(one, at)
    at += one.length
  }
  return whole
}

function two(number: number) {
  return [number & 0xff, (number >> 8) & 0xff]
}

function four(number: number) {
  return [...two(number & 0xffff), ...two(number >>> 16)]
}
