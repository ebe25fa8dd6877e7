/** A variable of wrangler.toml as it stands there; a string may be of one line or of several. Empty: it is not set. */
export function variableIn(toml: string, name: string): string {
  const said = new RegExp(
    `^\\s*${name}\\s*=\\s*(?:'{3}([^]*?)'{3}|'([^'\\n]*)'|("(?:[^"\\\\\\n]|\\\\.)*"))`,
    'm',
  ).exec(toml)
  if (!said) return ''
  const [, lines, plain, quoted] = said
  return lines ?? plain ?? String(JSON.parse(quoted ?? '""'))
}
