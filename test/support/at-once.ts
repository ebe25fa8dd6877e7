/**
 * For Vitest: what the Worker loads when it is wanted is loaded with whatever wants it. Vitest loads a module by asking
 * for it, also one that is there, and an answer that an object waits for which a test kills never comes, to nobody.
 */
export function loadedAtOnce() {
  return {
    name: 'loaded-at-once',
    transform(code: string, id: string) {
      if (!/\/src\/.*\.tsx?$/.test(id)) return
      const imports: string[] = []
      const changed = code.replace(/\bimport\((["'][^"']+["'])\)/g, (_, path) => {
        const name = `loadedAtOnce${imports.length}`
        imports.push(`import * as ${name} from ${path};`)
        return `Promise.resolve(${name})`
      })
      if (imports.length) return { code: `${changed}\n${imports.join('\n')}`, map: null }
    },
  }
}
