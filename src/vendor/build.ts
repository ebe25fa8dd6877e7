import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// What is heavy and seldom needed becomes a module of its own beside the Worker's script, so that nobody waits for it
// who does not use it. (Wrangler would put it all into the one script, and the client for MCP does not even start that
// way.) Wrangler runs this before it builds, Vitest before it tests; a tenth of a second where nothing has changed.
const HERE = import.meta.dirname

/** No more of each than what somebody uses of it: `Libraries` in ../vendor.ts says the same in types. */
const LIBRARIES = {
  unpdf: "export { getDocumentProxy } from 'unpdf'",
  mcp: `export { Client, discoverOAuthServerInfo, exchangeAuthorization, extractWWWAuthenticateParams,
    IssuerMismatchError, OAuthError, ProtocolError, refreshAuthorization, registerClient, RegistrationRejectedError, SdkHttpError, startAuthorization,
    StreamableHTTPClientTransport } from '@modelcontextprotocol/client'`,
  // Ours: a message never waits for the operator's pages.
  pages: "export * from '../operator/page/all.tsx'",
  upload: "export * from '../upload/page/page.ts'",
}
const OWN = ['operator/page', 'upload/page', 'languages.ts']

const stamp = stampOf()
if (stamp !== read(join(HERE, '.stamp'))) await build(stamp)

async function build(stamp: string) {
  const esbuild = await import('esbuild')
  // Whatever else lies here would go up with them.
  for (const name of readdirSync(HERE).filter((name) => name.endsWith('.mjs')))
    if (!(name.slice(0, -4) in LIBRARIES)) rmSync(join(HERE, name), { force: true })
  for (const [name, contents] of Object.entries(LIBRARIES)) {
    const { outputFiles } = await esbuild.build({
      stdin: { contents, resolveDir: HERE },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2024',
      conditions: ['workerd', 'worker', 'browser'],
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      legalComments: 'none',
      logLevel: 'error',
    })
    for (const { contents } of outputFiles) put(`${name}.mjs`, contents)
  }
  put('.stamp', stamp)
}

/** What the modules are made of: this file, the versions that are installed, and what is ours of them. */
function stampOf() {
  const lock = join(HERE, '../../node_modules/.package-lock.json')
  const own = OWN.map((path) => join(HERE, '..', path)).flatMap(filesIn)
  const hash = createHash('sha256')
  for (const path of [import.meta.filename, lock, ...own]) hash.update(`${path}\n${read(path)}`)
  return hash.digest('hex')
}

function filesIn(path: string) {
  if (path.endsWith('.ts')) return [path]
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
  return names.map((name) => join(path, name))
}

/** In one go: several may build at a time, and nobody shall load half of a module. */
function put(name: string, contents: string | Uint8Array) {
  const beside = join(HERE, `.${name}.${process.pid}`)
  writeFileSync(beside, contents)
  renameSync(beside, join(HERE, name))
}

function read(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
