/** `A`, `A or B`, `A, B or C`. */
export function either(names: string[], or: string, comma = ', ') {
  const [last = '', ...others] = names.toReversed()
  return others.length ? `${others.toReversed().join(comma)}${or}${last}` : last
}

/** `**Tools:** boost (ok), pin (ok).` */
export function line(label: string, said: string[], ref?: string) {
  return `**${label}:** ${said.join(', ')}${ref ? ` (${ref})` : ''}.`
}

/** The same with the punctuation of Chinese and Japanese. */
export function fullWidthLine(comma: string) {
  return (label: string, said: string[], ref?: string) =>
    `**${label}：** ${said.join(comma)}${ref ? `（${ref}）` : ''}。`
}
