/** More than any message that a person types; Campfire itself has no limit. */
export const MAX_BODY = 1024 * 1024

/** The body as text, or null when it is longer: then nothing past the limit is read. */
export async function readAtMost({ body, headers }: Request, limit: number) {
  if (Number(headers.get('content-length') ?? 0) > limit) return null

  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > limit) return null // leaving the loop cancels the stream
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
