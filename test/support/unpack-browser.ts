import packed from '@sparticuz/chromium'

/** Once, before anybody asks for it: of two that unpack it at the same time one runs what the other still writes. */
export async function setup() {
  await packed.executablePath()
}
