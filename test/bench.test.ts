/// <reference types="vite/types/importMeta.d.ts" />
import { expect, it } from 'vitest'

// The peers of the bench have packages of their own, which the root does not install, so the types of that
// folder are not checked with the rest. A move of a file or a name is noticed here all the same.
const found = import.meta.glob<string>(
  ['../{src,test,bench,setup}/**/*.{ts,js}', '!../bench/**/node_modules/**'],
  { query: '?raw', import: 'default', eager: true },
)
const manifests = import.meta.glob<string>(['../package.json', '../bench/peers/package.json'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
/** By their paths from here; what is beside this file is called so, too. */
const sources = Object.fromEntries(
  Object.entries(found).map(([path, source]) => [path.replace(/^\.\//, '../test/'), source]),
)
const ours = Object.keys(sources).filter((path) => path.startsWith('../bench/'))
const packages = Object.values(manifests).flatMap((json) => {
  const { dependencies, devDependencies } = JSON.parse(json)
  return Object.keys({ ...dependencies, ...devDependencies })
})

it('reads all of the bench', () => {
  expect(ours).toContain('../bench/run.ts')
  expect(ours).toContain('../bench/peers/contestants/claude.ts')
  expect(Object.keys(manifests)).toHaveLength(2)
})

it.each(ours)('%s imports what there is', (path) => {
  expect(missingIn(path, sources[path] ?? '')).toEqual([])
})

it.each([
  ['a file that is gone', "import { bot } from './gone.ts'\n", ['./gone.ts']],
  ['one that is only loaded', "await import('./gone.ts')\n", ['./gone.ts']],
  ['a name that is gone', "import { gone, type Gone } from './run.ts'\n", ['gone', 'Gone']],
  ['a package of nobody', "import ghost from 'ghost'\n", ['ghost']],
])('and %s is noticed', (_, source, missing) => {
  expect(missingIn('../bench/probe.ts', source)).toEqual(missing)
})

function missingIn(path: string, source: string) {
  const named = [...source.matchAll(/^(?:import|export)\s+([^'"]*?)\s*from '([^']+)'/gm)]
  const loaded = [...source.matchAll(/\bimport\(\s*'([^']+)'|^import '([^']+)'/gm)]
  const all = [
    ...named.map(([, names = '', from = '']) => ({ names: namesIn(names), from })),
    ...loaded.map(([, one, other]) => ({ names: [], from: one ?? other ?? '' })),
  ]
  return all.flatMap(({ names, from }) => {
    if (!from.startsWith('.')) return isKnown(from) ? [] : [from]
    const target = sources[`../${resolved(path.slice(3), from)}`]
    if (target === undefined) return [from]
    return names.filter((name) => !isExported(name, target))
  })
}

/** `{ one, type Other as Another }`; a default or all of it is looked for by itself. */
function namesIn(names: string) {
  const [, within = ''] = /\{([^}]*)\}/.exec(names) ?? []
  const listed = within.split(',').map((name) => name.replace(/^\s*type\s|\sas\s.*$/g, '').trim())
  const isDefault = /^(?:type\s+)?[\w$]+\s*(,|$)/.test(names)
  return [...listed.filter(Boolean), ...(isDefault ? ['default'] : [])]
}

function isExported(name: string, source: string) {
  const declared = `export (?:declare |abstract |async )*(?:const|let|function\\*?|class|type|interface|enum) ${name}\\b`
  const listed = `export (?:type )?\\{[^}]*(?:\\b|as )${name}\\s*[,}]`
  return new RegExp(
    name === 'default' ? 'export default|as default' : `${declared}|${listed}`,
  ).test(source)
}

function resolved(path: string, from: string) {
  return new URL(from, `file:///${path}`).pathname.slice(1)
}

function isKnown(from: string) {
  return (
    /^(node|cloudflare):/.test(from) || packages.some((one) => `${from}/`.startsWith(`${one}/`))
  )
}
