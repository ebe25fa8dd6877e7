import type { Source } from './source.ts'

export interface Picture {
  kind: 'png' | 'jpeg' | 'webp' | 'gif'
  width: number
  height: number
}

/**
 * By its header alone: nothing of a picture is ever decoded here, however large it says that it is. Null also where it
 * does not say: nobody can show such a picture.
 */
export function pictureIn(source: Source): Picture | null {
  const picture = headerIn(source)
  return picture && picture.width > 0 && picture.height > 0 ? picture : null
}

function headerIn(source: Source): Picture | null {
  const head = source.read(0, 32)
  if (head.length < 10) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const signs = String.fromCharCode(...head)
  if (signs.startsWith('\x89PNG\r\n\x1a\n') && head.length >= 24)
    return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) }
  if (/^GIF8[79]a/.test(signs))
    return { kind: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (/^RIFF....WEBPVP8/s.test(signs) && head.length >= 30) return webp(signs[15] ?? '', view)
  if (signs.startsWith('\xff\xd8\xff')) return jpeg(source)
  return null
}

function webp(sort: string, view: DataView): Picture | null {
  if (sort === ' ') {
    const [width, height] = [26, 28].map((at) => view.getUint16(at, true) & 0x3fff)
    return { kind: 'webp', width: width ?? 0, height: height ?? 0 }
  }
  if (sort === 'L') {
    const bits = view.getUint32(21, true)
    return { kind: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  if (sort !== 'X') return null
  const [width, height] = [24, 27].map(
    (at) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536 + 1,
  )
  return { kind: 'webp', width: width ?? 0, height: height ?? 0 }
}

/** Before the frame that says it come other segments, as a small picture of it and where it was taken. */
const MOST_SEGMENTS = 500

function jpeg(source: Source): Picture | null {
  for (let at = 2, n = 0; n < MOST_SEGMENTS; n++) {
    const segment = source.read(at, at + 9)
    if (segment.length < 9 || segment[0] !== 0xff) break
    const [, sort = 0, high = 0, low = 0, , h1 = 0, h0 = 0, w1 = 0, w0 = 0] = segment
    if (sort === 0xff) {
      at += 1
      continue
    }
    const isFrame = sort >= 0xc0 && sort <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(sort)
    if (isFrame) return { kind: 'jpeg', width: w1 * 256 + w0, height: h1 * 256 + h0 }
    at += 2 + Math.max(2, high * 256 + low)
  }
  return null
}
