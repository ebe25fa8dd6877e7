import {
  type Identifier,
  isBindingElement,
  isInterfaceDeclaration,
  isObjectBindingPattern,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast'
import {
  type Checker,
  type Symbol as Member,
  SignatureKind,
  SymbolFlags,
} from 'typescript/unstable/sync'
import { found, readSources, type Source } from './sources.ts'

/** The types that the files in `src` of a project declare, and what each file uses of them. */
export function membersIn(root: string) {
  return readSources(root, (all, checker) => {
    const sources = all.filter(({ file }) => file.startsWith('src/'))
    const users = usersOf(checker, sources)
    return {
      used: sources.flatMap(({ source }) =>
        typesIn(checker, source).flatMap((type) => usesOf(type, users)),
      ),
      declared: sources.flatMap(({ source, file }) =>
        found(source, isInterfaceDeclaration).map(({ name, members }) => ({
          file,
          type: name.text,
          members: members.length,
        })),
      ),
    }
  })
}

/** A member is known by where it is declared: then a `Pick` or an intersection of its type hides nothing. */
function usersOf(checker: Checker, sources: Source[]) {
  const users = new Map<string, Set<string>>()
  for (const { source, file } of sources) {
    for (const place of membersUsed(checker, source).flatMap(placesOf)) {
      users.set(place, (users.get(place) ?? new Set()).add(file))
    }
  }
  return users
}

function usesOf(
  { type, members }: { type: string; members: Member[] },
  users: Map<string, Set<string>>,
) {
  const uses = members.flatMap((member) => {
    const files = new Set(placesOf(member).flatMap((place) => [...(users.get(place) ?? [])]))
    return [...files].map((file) => ({ file, name: member.name }))
  })
  return [...Map.groupBy(uses, ({ file }) => file)].map(([file, used]) => ({
    file,
    type,
    members: used.map(({ name }) => name),
  }))
}

/** `a.member`, and `{ member } = a`. */
function membersUsed(checker: Checker, source: Node): Member[] {
  const accessed = found(source, isAccess).map(({ name }) => name)
  const bound = found(source, isBindingElement).flatMap((element) => {
    const { parent, name, propertyName = name, dotDotDotToken } = element
    const isNamed = isObjectBindingPattern(parent) && !dotDotDotToken
    return isNamed ? [{ pattern: parent, name: (propertyName as Identifier).text }] : []
  })
  const patterns = checker.getTypeAtLocation(bound.map(({ pattern }) => pattern))
  return [
    ...checker.getSymbolAtLocation(accessed),
    ...bound.map(({ name }, index) => {
      const type = patterns[index]
      return type && checker.getPropertyOfType(type, name)
    }),
  ].filter((member) => member !== undefined)
}

/** Those with something that can be asked to do something, and of a class what others may ask. */
function typesIn(checker: Checker, source: Node) {
  const names = found(source, isDeclaration).map(({ name }) => name)
  return checker.getSymbolAtLocation(names).flatMap((symbol) => {
    if (!symbol) return []
    const type = checker.getDeclaredTypeOfSymbol(symbol)
    const members = checker.getPropertiesOfType(type).filter(({ name }) => !name.includes('#'))
    return members.some((member) => acts(checker, member)) ? [{ type: symbol.name, members }] : []
  })
}

function acts(checker: Checker, member: Member) {
  const type = checker.getTypeOfSymbol(member)
  const isObject = ((type?.getSymbol()?.flags ?? 0) & SymbolFlags.Class) !== 0
  return isObject || (type && checker.getSignaturesOfType(type, SignatureKind.Call).length > 0)
}

function placesOf({ declarations }: Member) {
  return declarations.map(({ path, index }) => `${path} ${index}`)
}

type Named = Node & { name: Identifier }

function isAccess(node: Node): node is Named {
  return node.kind === SyntaxKind.PropertyAccessExpression
}

function isDeclaration(node: Node): node is Named {
  return [
    SyntaxKind.InterfaceDeclaration,
    SyntaxKind.TypeAliasDeclaration,
    SyntaxKind.ClassDeclaration,
  ].includes(node.kind)
}
