const [WIDTH, HEIGHT] = [320, 160]
const PAPER = [255, 255, 255]
const INK = [214, 92, 40]
const MOST = 40

/** A picture of bars, as small as a program of a screenful can write one. */
export function plotOf(numbers: number[]): Uint8Array<ArrayBuffer> {
  const bars = numbers.slice(0, MOST)
  const most = Math.max(...bars, 1)
  const step = WIDTH / bars.length
  const rows: number[] = []
  for (let y = 0; y < HEIGHT; y++) {
    rows.push(0)
    for (let x = 0; x < WIDTH; x++) {
      const bar = bars[Math.floor(x / step)] ?? 0
      const isGap = x % step < step * 0.15
      const isInk = !isGap && HEIGHT - y <= (bar / most) * (HEIGHT - 10)
      rows.push(isInk ? 1 : 0)
    }
  }
  const head = [...four(WIDTH), ...four(HEIGHT), 8, 3, 0, 0, 0]
  return new Uint8Array([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', head),
    ...chunk('PLTE', [...PAPER, ...INK]),
    ...chunk('IDAT', stored(rows)),
    ...chunk('IEND', []),
  ])
}

function chunk(name: string, data: number[]) {
  const told = [...Array.from(name, (letter) => letter.charCodeAt(0)), ...data]
  return [...four(data.length), ...told, ...four(crcOf(told))]
}

/** Not packed at all, in pieces as long as they may be. */
function stored(data: number[]) {
  const packed = [0x78, 0x01]
  for (let at = 0; at < data.length; at += 65_535) {
    const piece = data.slice(at, at + 65_535)
    const [low, high] = [piece.length & 0xff, piece.length >> 8]
    packed.push(at + 65_535 >= data.length ? 1 : 0, low, high, low ^ 0xff, high ^ 0xff)
    for (const byte of piece) packed.push(byte)
  }
  let [one, two] = [1, 0]
  for (const byte of data) {
    one = (one + byte) % 65_521
    two = (two + one) % 65_521
  }
  return [...packed, ...four(two * 65_536 + one)]
}

function crcOf(data: number[]) {
  let crc = 0xffffffff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

function four(number: number) {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff)
}
