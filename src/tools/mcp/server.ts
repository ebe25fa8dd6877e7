import * as z from 'zod'

/** More of a server's tools than these nobody needs, and each is read by whoever looks for one. */
export const MOST_TOOLS = 40

const Tool = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)

/** Whose tools a bot may use: somebody else's server, which speaks MCP over Streamable HTTP. */
export const Server = z.strictObject({
  /** Its tools are called by it: `tracker__create_issue`. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'lower case letters, digits and dashes'),
  url: z.string().refine(isAddress, 'an address that begins with https://'),
  /** A few words for the model and for people: "our issue tracker". */
  about: z.string().trim().min(1).max(200).optional(),
  /** The secret of the Worker that has its token. No other secret can go there by a slip. */
  auth: z
    .string()
    .regex(/^MCP_[A-Z0-9_]{1,60}$/, 'the name of a secret that begins with MCP_')
    .optional(),
  /** Of all that it offers, these. Nothing said: all. */
  allow: z.array(Tool).min(1).max(MOST_TOOLS).optional(),
  /** The yes that a tool takes; where nothing is said of it, once for each asker in a session. */
  approval: z.record(Tool, z.enum(['never', 'once', 'always'])).default({}),
  /** Tools that are believed when they say that they may be run again. After a crash they are. */
  repeatable: z.array(Tool).default([]),
})
export type Server = z.infer<typeof Server>

/** Unencrypted only to this very machine: see `mayReach`. */
function isAddress(text: string) {
  const url = URL.parse(text)
  if (!url || url.username || url.password || url.hash) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}

/** What runs on this machine is within reach of a Worker that runs on it too, and of no other. */
export function mayReach({ url }: Pick<Server, 'url'>, home: string) {
  const here = URL.parse(home)
  return !isLoopback(new URL(url)) || (here !== null && isLoopback(here))
}

function isLoopback({ hostname }: URL) {
  return /^(127(\.\d+){3}|\[::1\]|(.+\.)?localhost)$/.test(hostname)
}
