import * as z from 'zod'
import type { InEach } from '../languages.ts'
import type { Skill } from './skill.ts'

/** The file that says what a skill is; the others beside it are read where it names them. */
export const MAIN = 'SKILL.md'
/** Characters of one file: so much a tool may answer. */
const LONGEST = 50_000

const Example = z.string().trim().min(1).max(120).optional()
const FrontMatter = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'lower case letters, digits and dashes'),
  when: z.string().trim().min(20).max(300),
  tools: z
    .string()
    .default('')
    .transform((names) => names.split(/[\s,]+/).filter(Boolean)),
  ...({
    en: Example,
    de: Example,
    es: Example,
    fr: Example,
    it: Example,
    ja: Example,
    nl: Example,
    pt: Example,
    zh: Example,
  } satisfies InEach<unknown>),
})

/**
 * The files of a folder as a skill. Throws, in words, where something is amiss: what stands as `code` in them and
 * looks like the name of a tool or a file must be one, and every file must be named, or nobody would read it.
 */
export function readSkill(folder: string, files: Record<string, string>): Skill {
  const plain = Object.entries(files).map(([name, text]) => [name, asHere(text)])
  const { [MAIN]: main, ...beside }: Record<string, string> = Object.fromEntries(plain)
  if (main === undefined) throw new Error(`There is no ${MAIN}.`)
  const { fields, body } = partsOf(main)
  const known = FrontMatter.safeParse(fields)
  if (!known.success) throw new Error(`${MAIN}: ${firstIn(known.error)}`)
  const { name, when, tools, ...examples } = known.data
  if (name !== folder) throw new Error(`${MAIN}: name: the folder is called ${folder}.`)
  const skill = { name, when, examples: examples as Skill['examples'], tools, body, files: beside }
  for (const [file, text] of Object.entries({ [MAIN]: body, ...beside })) check(skill, file, text)
  for (const file of Object.keys(beside)) {
    if (!body.includes(`\`${file}\``)) throw new Error(`${MAIN} does not name ${file}.`)
  }
  return skill
}

/** However an editor has saved it: what cannot be seen in it means nothing. */
function asHere(text: string) {
  return text.replace(/^\ufeff/, '').replaceAll(/\r\n?/g, '\n')
}

function check({ tools, files }: Skill, file: string, text: string) {
  if (!text.trim()) throw new Error(`${file} is empty.`)
  if (text.length > LONGEST) throw new Error(`${file} is longer than ${LONGEST} characters.`)
  for (const [, code = ''] of text.matchAll(/`([^`\n]+)`/g)) {
    const isTool = /^[a-z][a-z0-9-]*_[a-z0-9_]+$/.test(code) || tools.includes(code)
    if (isTool && !tools.includes(code))
      throw new Error(`${file} names the tool ${code}, and its front matter does not.`)
    if (/^[\w-]+\.[a-z]{2,4}$/.test(code) && !Object.hasOwn(files, code))
      throw new Error(`${file} names the file ${code}, and there is none.`)
  }
}

/** Front matter is lines of `name: text` between two rules: no more of YAML than that. */
function partsOf(main: string) {
  const [, head, body] = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*\n+([\s\S]*)$/.exec(main) ?? []
  if (head === undefined || body === undefined)
    throw new Error(`${MAIN} does not begin with front matter between two lines of ---.`)
  const fields = head.split('\n').map((line): [string, string] => {
    const at = line.indexOf(':')
    if (at < 1) throw new Error(`${MAIN}: this is no line of front matter: ${line}`)
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
  })
  const names = fields.map(([name]) => name)
  const again = names.find((name, at) => names.indexOf(name) < at)
  if (again !== undefined) throw new Error(`${MAIN}: ${again} stands twice in its front matter.`)
  return { fields: Object.fromEntries(fields), body }
}

function firstIn({ issues: [issue] }: z.ZodError) {
  const at = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys : [])]
  return `${at.join('.') || 'front matter'}: ${issue?.message ?? 'is amiss'}`
}
