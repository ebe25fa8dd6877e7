import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * The Worker as it is served and deployed: what every start waits for, and beside it whatever an `import()` brings in
 * when somebody wants it. Wrangler would put all of it into one script. A module that two of these need is made
 * once, so a class is one class and what is kept in a variable is kept once.
 */
export async function bundle({ entry, out }: { entry: string; out: string }) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [entry],
    outdir: out,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    legalComments: 'none',
    logLevel: 'error',
  })
  mkdirSync(out, { recursive: true })
  const [script, ...parts] = outputFiles.toSorted((a, b) => Number(isPart(a)) - Number(isPart(b)))
  for (const { path, contents } of parts) put(path, contents)
  // Whatever else lies there would go up with them.
  const made = new Set(outputFiles.map(({ path }) => path))
  for (const name of readdirSync(out).filter((name) => name.endsWith('.js')))
    if (!made.has(join(out, name))) rmSync(join(out, name), { force: true })
  // Last, since whoever watches the folder loads all of it then.
  if (script) put(script.path, script.contents)

  function isPart({ path }: { path: string }) {
    return basename(path) !== `${basename(entry, '.ts')}.js`
  }
}

/** In one go: several may build at a time, and nobody shall load half of a module. */
export function put(path: string, contents: string | Uint8Array) {
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, contents)
  renameSync(beside, path)
}
