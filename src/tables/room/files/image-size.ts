export interface Size {
  width: number
  height: number
}

/** As the header says, and nothing is decoded: a small file may hold a hundred million points. */
export function sizeOf(kind: 'png' | 'jpeg' | 'gif' | 'webp', head: Uint8Array): Size | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  try {
    const size = SIZES[kind](view)
    return size && size.width > 0 && size.height > 0 ? size : null
  } catch {
    // It ends before its size is told.
    return null
  }
}

const SIZES: Record<Parameters<typeof sizeOf>[0], (view: DataView) => Size | null> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  webp: webpSize,
  jpeg: jpegSize,
}

function webpSize(view: DataView): Size | null {
  const shape = view.getUint32(12)
  if (shape === VP8) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (shape === VP8L) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (shape === VP8X) return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
  return null
}

const [VP8, VP8L, VP8X] = [0x56503820, 0x5650384c, 0x56503858]

function uint24(view: DataView, at: number) {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000
}

/** It stands in the first frame, behind whatever the camera wrote. */
function jpegSize(view: DataView): Size | null {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) at += 1
    else if (isFrame(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    } else at += 2 + view.getUint16(at + 2)
  }
}

function isFrame(marker: number) {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}
