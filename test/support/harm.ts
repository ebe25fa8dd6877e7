import type { Event } from './sse.ts'

/** What may happen to a stream on its way, at the place that the numbers say. */
export type Harm = { does: (typeof HARMS)[number]; at: number; field: number }
export const HARMS = [
  'drop',
  'double',
  'swap',
  'null',
  'forget',
  'empty',
  'nameless',
  'comment',
  'one index for all',
] as const
export type Line = { name: string | null; event: Event }

export function harmed(lines: Line[], { does, at, field }: Harm): Line[] {
  const index = lines.length ? at % lines.length : 0
  const [line, next] = [lines[index], lines[index + 1]]
  if (!line) return lines
  switch (does) {
    case 'drop':
      return lines.toSpliced(index, 1)
    case 'double':
      return lines.toSpliced(index, 0, line)
    case 'swap':
      return next ? lines.toSpliced(index, 2, next, line) : lines
    case 'nameless':
      return lines.with(index, { ...line, name: null })
    case 'comment':
      return lines.toSpliced(index, 0, { name: '', event: { type: '' } })
    case 'one index for all':
      return lines.map(({ name, event }) => {
        return { name, event: 'index' in event ? { ...event, index: 0 } : event }
      })
    default:
      return lines.with(index, { ...line, event: changed(line.event, field, does) as Event })
  }
}

/** The n-th field of it, however deep. */
function changed(value: unknown, n: number, does: 'null' | 'forget' | 'empty'): unknown {
  const paths = pathsIn(value)
  const path = paths[n % Math.max(paths.length, 1)] ?? []
  return without(value, path, does)
}

function pathsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => {
    const here = [...path, name]
    return [here, ...pathsIn(one, here)]
  })
}

function without(value: unknown, [name, ...rest]: string[], does: Harm['does']): unknown {
  if (name === undefined) return value
  const { [name]: field, ...others } = value as Record<string, unknown>
  if (rest.length > 0) return { ...others, [name]: without(field, rest, does) }
  if (does === 'forget') return others
  return { ...others, [name]: does === 'null' ? null : '' }
}

export function inChunks(lines: Line[], size: number): Uint8Array[] {
  const sent = lines.map(({ name, event }) => {
    if (name === '') return ': still here\n\n'
    return `${name === null ? '' : `event: ${name}\n`}data: ${JSON.stringify(event)}\n\n`
  })
  const bytes = new TextEncoder().encode(sent.join(''))
  const count = Math.ceil(bytes.length / (size * 40))
  return Array.from({ length: count }, (_, at) => bytes.slice(at * size * 40, (at + 1) * size * 40))
}
