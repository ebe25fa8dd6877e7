import type { Skill } from './skill.ts'

/**
 * A skill as a module of ours. The Worker has no files, and each of its builds (wrangler's, the tests', plain
 * Node's) would take Markdown in another way: this one all of them take alike.
 */
export function moduleOf({ name, when, examples, tools, body, files }: Skill) {
  const identifier = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  const beside = Object.entries(files).map(
    ([file, text]) => `    ${JSON.stringify(file)}: ${asTemplate(text)},\n`,
  )
  return `// biome-ignore-all format: made by \`npm run skills\` of the files in ${name}/. Change those.
import type { Skill } from './skill.ts'

export const ${identifier}: Skill = {
  name: ${JSON.stringify(name)},
  when: ${JSON.stringify(when)},
  examples: ${JSON.stringify(examples)},
  tools: ${JSON.stringify(tools)},
  body: ${asTemplate(body)},
  files: {
${beside.join('')}  },
}
`
}

function asTemplate(text: string) {
  return `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``
}
