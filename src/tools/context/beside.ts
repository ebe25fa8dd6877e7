import type { Shown } from '../../tables/room/lists.ts'

/**
 * A message or a file of its own, once for a tool use, whatever crashes in between. `unsure`: it may stand or
 * not, and nobody can know.
 */
export interface Beside {
  /** Which turn this is. */
  turn: number
  /**
   * Edits the message that `before` says, where it still stands; of another `intended` is told, and that begins
   * as `quiet`: people are told of a message as it is posted, and of no edit.
   */
  show(
    words: { body: string; quiet: string },
    before: Shown | null,
    intended: (place: Omit<Shown, 'at'>) => void,
  ): Promise<{ how: 'posted' | 'edited' | 'unsure'; id: number | null }>
  attach(
    file: { name: string; type: string; body: string },
    use: string,
  ): Promise<{ how: 'posted' | 'edited' | 'unsure'; id: number | null }>
}
