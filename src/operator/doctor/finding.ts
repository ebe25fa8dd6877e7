import * as z from 'zod'

/** What was looked at, how it is, and what to do about it. Never a key, a token or what somebody said. */
export const Finding = z.strictObject({
  about: z.string(),
  /** `doubtful`: it works, or nobody can tell; whoever runs the bots should know. */
  state: z.enum(['well', 'doubtful', 'wrong']),
  says: z.string(),
  todo: z.string().optional(),
})
export type Finding = z.infer<typeof Finding>

export function well(about: string, says: string): Finding {
  return { about, state: 'well', says }
}

export function doubtful(about: string, says: string, todo: string): Finding {
  return { about, state: 'doubtful', says, todo }
}

export function wrong(about: string, says: string, todo: string): Finding {
  return { about, state: 'wrong', says, todo }
}
