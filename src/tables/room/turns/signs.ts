import * as z from 'zod'

/** Boosts of ours that say that we are at it. Null until its id is known, and then it may stand. */
export const SignList = z.array(z.object({ message: z.int(), boost: z.int().nullable() }))
export type SignList = z.infer<typeof SignList>

/** Those that said of these messages that they wait. */
export function waitingSigns(messages: { id: number | null; sign: number | null }[]): SignList {
  return messages.flatMap(({ id, sign }) => (id && sign ? [{ message: id, boost: sign }] : []))
}

/** As a turn's row has them. */
export function signsInRow(signs: SignList): SignList | null {
  return signs.length ? signs : null
}
