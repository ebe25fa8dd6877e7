import { wordIn } from '../loose.ts'
import { type Growing, hasInput } from './growing.ts'
import { isCutOff } from './stops.ts'

/**
 * Tool uses get an id where they have none. Of those with the same id the first counts: what was
 * asked for twice by mistake is not to be done twice. But another use is another, whatever its id.
 */
export function usableIn(all: Growing[], stop: string | null) {
  const seen = new Map<string, string>()
  return all.flatMap((growing, number) => {
    const block = growing.whole()
    if (!block) return []
    if (!hasInput(growing.type)) return { block, input: undefined }
    const input = growing.input(isCut(growing, all, stop))
    if (growing.type !== 'tool_use') return { block, input }
    const name = plain(wordIn(block.name) ?? '')
    const use = JSON.stringify([name, input])
    const own = plain(wordIn(block.id) ?? `toolu_${number + 1}`)
    if (seen.get(own) === use) return []
    let id = own
    for (let at = number + 1; seen.has(id); at++) id = `${own.slice(0, 120)}_${at}`
    seen.set(id, use)
    return { block: { ...block, id, name }, input }
  })
}

/** One that is cut at once sends no more than one that needs no input. */
function isCut(growing: Growing, all: Growing[], stop: string | null) {
  const isLast = all.at(-1) === growing
  return (isLast && isCutOff(stop)) || (!growing.closed && stop !== 'tool_use')
}

/** A name that was made up may be none that the API takes back. */
function plain(name: string) {
  return name.replace(/[^\w-]/g, '_').slice(0, 128) || '_'
}
