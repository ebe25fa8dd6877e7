/**
 * The engine with one thought left out. Each must be noticed. An edit names its place by what stands
 * there, wherever that is: it must stand in `src` once, or once within the function or method named.
 */
export interface Mutant {
  what: string
  /** Part of the name of the test file that must notice; where it is not said, the crash points. */
  by?: string
  edits: Edit[]
}

export interface Edit {
  from: string
  to: string
  within?: string
}
