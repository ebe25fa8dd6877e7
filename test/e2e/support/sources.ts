import { join } from 'node:path'
import type { Node } from 'typescript/unstable/ast'
import { API, type Checker } from 'typescript/unstable/sync'

export interface Source {
  /** From the root of the project. */
  file: string
  source: Node
}

/** Gives what is read of a project's own sources, as the compiler understands them. */
export function readSources<T>(root: string, read: (sources: Source[], checker: Checker) => T): T {
  const api = new API({ cwd: root })
  try {
    const [project] = api
      .updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] })
      .getProjects()
    if (!project) throw new Error(`There is no project in ${root}`)
    const { checker, program } = project
    const names = program
      .getSourceFileNames()
      .filter((name) => name.startsWith(`${root}/`) && !name.includes('/node_modules/'))
      .filter((name) => !name.endsWith('.d.ts'))
    const sources = names.flatMap((name) => {
      const source = program.getSourceFile(name)
      return source ? [{ file: name.slice(root.length + 1), source }] : []
    })
    return read(sources, checker)
  } finally {
    api.close()
  }
}

export function found<T extends Node>(node: Node, isIt: (node: Node) => node is T): T[] {
  const all: T[] = isIt(node) ? [node] : []
  node.forEachChild((child) => {
    all.push(...found(child, isIt))
  })
  return all
}
