import * as z from 'zod'
import { isPublic } from './public-address.ts'

/** Asked over HTTPS: a Worker cannot look a name up by itself. */
const RESOLVER = 'https://cloudflare-dns.com/dns-query'
/** The numbers of the kinds A and AAAA. */
const ADDRESSES = [1, 28]

const Answer = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).default([]),
})

/** Why nobody opens a page of this name. Null: each address that it stands for is of the public web. */
export async function whyNotReached(
  host: string,
  ask: (address: string, accept: string) => Promise<Response>,
): Promise<string | null> {
  const found = await Promise.all(
    ['A', 'AAAA'].map(async (kind) => {
      const query = new URLSearchParams({ name: host, type: kind })
      const answer = await ask(`${RESOLVER}?${query}`, 'application/dns-json')
      const told = Answer.safeParse(answer.ok ? await answer.json().catch(() => null) : null)
      if (!told.success) return null
      const { Status, Answer: records } = told.data
      if (Status !== 0 && Status !== NO_SUCH_NAME) return null
      return records.filter(({ type }) => ADDRESSES.includes(type)).map(({ data }) => data)
    }),
  )
  const addresses = found.flatMap((some) => some ?? [])
  if (!addresses.every(isPublic)) return 'its name leads into a private network'
  // Half an answer may be the harmless half.
  if (found.includes(null)) return 'nobody can say just now where its name leads'
  return addresses.length ? null : 'there is no such name'
}

const NO_SUCH_NAME = 3
