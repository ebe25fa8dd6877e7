/** A paste of millions of characters: what the model can read is kept of it. Campfire has no limit. */
export const MAX_BODY = 8 * 1024 * 1024

/**
 * The body as text, or null when it is longer: then nothing past the limit is read. Empty when it
 * broke off: that is no failure of ours, and half a body is no message.
 */
export async function readAtMost({ body, headers }: Request, limit: number) {
  if (Number(headers.get('content-length') ?? 0) > limit) return null

  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength
      if (size > limit) return null // leaving the loop cancels the stream
      text += decoder.decode(chunk, { stream: true })
    }
  } catch {
    return ''
  }
  return text + decoder.decode()
}
