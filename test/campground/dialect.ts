/**
 * rails   once-campfire, main
 * port    the Express port by the same makers, as published
 * v1.4.9  the newest released once-campfire: it can only create messages
 */
export type Dialect = 'rails' | 'port' | 'v1.4.9'

interface Traits {
  version: string | null
  onlyCreates: boolean
  attempts: number
  wrapper: 'trix-content' | 'lexxy-content'
  htmlOfFile: string | null
  /** A malformed attachment node is a 500, and so is every page that holds one. */
  breaks: boolean
  blankIsRefused: boolean
  /** Drops scripts, and writes line breaks as XHTML does. */
  cleans: boolean
}

const rails: Traits = {
  version: '9310b00',
  onlyCreates: false,
  attempts: 1,
  wrapper: 'trix-content',
  htmlOfFile: null,
  breaks: true,
  blankIsRefused: true,
  cleans: false,
}

const TRAITS: Record<Dialect, Traits> = {
  rails,
  'v1.4.9': { ...rails, version: 'v1.4.9', onlyCreates: true, blankIsRefused: false },
  port: {
    ...rails,
    version: null,
    attempts: 5,
    wrapper: 'lexxy-content',
    htmlOfFile: '',
    breaks: false,
    cleans: true,
  },
}

export function traitsOf(dialect: Dialect): Traits {
  return TRAITS[dialect]
}
