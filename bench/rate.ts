import { setTimeout as pause } from 'node:timers/promises'

/** Does it so often in a second, whether what came before is over or not; resolves when all of it is. */
export async function atRate(
  { perSecond, seconds }: { perSecond: number; seconds: number },
  each: (index: number) => Promise<unknown>,
) {
  const work: Promise<unknown>[] = []
  const began = performance.now()
  for (let index = 0; index < perSecond * seconds; index++) {
    const ahead = began + (index * 1_000) / perSecond - performance.now()
    if (ahead > 0.5) await pause(ahead)
    work.push(each(index))
  }
  await Promise.all(work)
}
