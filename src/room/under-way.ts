import type { Vitals } from '../runtime.ts'

const LOOKS_EVERY = 10_000

/** Waits for what is under way. False: it gives no sign of life any more. */
export async function outlasts(work: Promise<void>, vitals: Vitals): Promise<boolean> {
  vitals.watch()
  let timer: ReturnType<typeof setInterval> | undefined
  const gone = new Promise<false>((resolve) => {
    timer = setInterval(() => vitals.areGone() && resolve(false), LOOKS_EVERY)
  })
  try {
    return await Promise.race([work.then(() => true), gone])
  } finally {
    clearInterval(timer)
  }
}
