/** Lets everything else run until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>) {
  for (let looks = 0; !(await isSo()); looks++) {
    if (looks > 1_000) throw new Error(`Not so: ${isSo}`)
    await new Promise((resolve) => setTimeout(resolve))
  }
}

/** In ms of real time. Throws where it is still on its way then. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${ms} ms`)), ms)
  })
  return await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
