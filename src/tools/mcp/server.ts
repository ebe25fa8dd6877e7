import * as z from 'zod'

/** More of a server's tools than these nobody needs, and each is read by whoever looks for one. */
export const MOST_TOOLS = 40

const Tool = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)

const Secret = z
  .string()
  .regex(/^MCP_[A-Z0-9_]{1,60}$/, 'the name of a secret that begins with MCP_, or oauth')

/** Whose tools a bot may use: somebody else's server, which speaks MCP over Streamable HTTP. */
export const Server = z.strictObject({
  /** Its tools are called by it: `tracker__create_issue`. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'lower case letters, digits and dashes'),
  url: z.string().refine(isAddress, 'an address that begins with https://'),
  /** A few words for the model and for people: "our issue tracker". */
  about: z.string().trim().min(1).max(200).optional(),
  /**
   * The secret of the Worker that has its token: no other secret can go there by a slip. `oauth`: an operator signs in
   * there once. A client that was made there by hand is given in its place, with the secret that has its own.
   */
  auth: z
    .union([
      z.literal('oauth'),
      Secret,
      z.strictObject({ clientId: z.string().min(1).max(500), clientSecret: Secret.optional() }),
    ])
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

/** Its token is not in a secret: somebody has signed in there. */
export function takesSignIn({ auth }: Pick<Server, 'auth'>) {
  return auth === 'oauth' || typeof auth === 'object'
}
