import { load } from '../../../vendor.ts'

/** No larger one is shown whole, so nobody asks. */
const LARGEST = 8_000_000

/** How many pages it says that it has. Null: it is no PDF that can be opened. */
export async function pagesOf(bytes: number, read: () => Uint8Array): Promise<number | null> {
  if (bytes > LARGEST) return null
  try {
    const { getDocumentProxy } = await load('unpdf')
    const document = await getDocumentProxy(read())
    const { numPages } = document
    await document.loadingTask.destroy()
    return numPages
  } catch {
    return null
  }
}
