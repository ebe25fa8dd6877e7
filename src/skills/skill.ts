import type { InEach } from '../languages.ts'

/** How a kind of work is done here: a bot knows its name and when to use it, and reads the rest when it does. */
export interface Skill {
  name: string
  /** One sentence for the model. */
  when: string
  /** What people ask for when they need it: `help` tells them, in the languages in which it is given. */
  examples: Partial<InEach<string>>
  /** The tools that it speaks of. A bot without one of them cannot have it. */
  tools: string[]
  body: string
  /** What stands beside it, by name. */
  files: Record<string, string>
}
