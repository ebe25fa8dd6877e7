import { type ParseArgsConfig, parseArgs } from 'node:util'

/**
 * What was typed behind a command. `help` begins with the command itself; `--help` shows it. What the command does not
 * know is never guessed at and never left out: one line says so, with status 2, before anything is begun.
 */
export function commandLine<const T extends ParseArgsConfig>(help: string, config: T) {
  const args = process.argv.slice(2)
  if (args.includes('--help')) {
    console.log(help)
    process.exit()
  }
  try {
    return parseArgs({ ...config, args })
  } catch (error) {
    return misused(help, problemIn(error))
  }
}

/** Ends it: what was typed cannot be meant. */
export function misused(help: string, problem: string): never {
  const [command = ''] = /^npm (?:run )?[\w-]+(?::\w+)*/.exec(help) ?? []
  console.error(`${problem} ${command} -- --help shows all that there is.`)
  process.exit(2)
}

/** As it was typed for a flag. */
export function numberIn(
  help: string,
  [flag, typed]: [flag: string, typed: string],
  { least = 0, most = Infinity, isWhole = true }: Bounds = {},
) {
  const number = /^[\d.]+$/.test(typed) ? Number(typed) : Number.NaN
  const fits = number >= least && number <= most && number < Infinity
  if (fits && (!isWhole || Number.isInteger(number))) return number
  const range = most < Infinity ? `from ${least} to ${most}` : `of ${least} or more`
  return misused(help, `--${flag} wants a ${isWhole ? 'whole ' : ''}number ${range}.`)
}

export interface Bounds {
  least?: number
  most?: number
  isWhole?: boolean
}

function problemIn(error: unknown) {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : {}
  const [, typed] = /'(.*?)'/s.exec(message ?? '') ?? []
  if (!message || typed === undefined) throw error
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `There is no ${typed}.`
  // npm keeps what stands before the two dashes to itself, and hands on the rest.
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `Nothing is done with ${typed}; flags stand behind two dashes of their own.`
  const [flag] = typed.replace(/^-\w, /, '').split(' ')
  return message.includes('does not take') ? `${flag} takes no value.` : `${flag} wants a value.`
}
