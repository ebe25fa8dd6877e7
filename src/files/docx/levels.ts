import { attributeIn, readXml } from '../xml.ts'

/** Which styles are headings, and of which level: their names are English in every language's Word. */
export function levelsIn(pieces: Iterable<Uint8Array>) {
  const levels = new Map<string, number>()
  let style = ''
  readXml(pieces, {
    open(tag, attributes) {
      if (tag === 'style') style = attributeIn(attributes, 'styleId') ?? ''
      const value = () => attributeIn(attributes, 'val') ?? ''
      if (tag === 'name') {
        const level = /^(?:heading (\d)|title)$/i.exec(value())
        if (level) levels.set(style, Number(level[1] ?? 1))
      } else if (tag === 'outlineLvl' && !levels.has(style)) levels.set(style, Number(value()) + 1)
    },
  })
  return levels
}
