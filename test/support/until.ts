/** Lets everything else run until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>) {
  for (let looks = 0; !(await isSo()); looks++) {
    if (looks > 1_000) throw new Error(`Not so: ${isSo}`)
    await new Promise((resolve) => setTimeout(resolve))
  }
}
