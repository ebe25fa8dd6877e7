/**
 * Aborts the work when it takes too long. Not `AbortSignal.timeout`: its timer cannot be cleared, and
 * a pending timer keeps a Durable Object awake, and billed, long after the work is done.
 */
export async function withDeadline<T>(ms: number, work: (signal: AbortSignal) => Promise<T>) {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(new DOMException('Too late', 'TimeoutError')), ms)
  try {
    return await work(deadline.signal)
  } finally {
    clearTimeout(timer)
  }
}
