// biome-ignore-all format: made by `npm run skills` of the files in minutes/. Change those.
import type { Skill } from './skill.ts'

export const minutes: Skill = {
  name: "minutes",
  when: "Somebody wants the minutes of a discussion, or a record of what was decided and who does what.",
  examples: {"en":"Write the minutes of this morning's discussion","de":"Schreib das Protokoll der Diskussion von heute Morgen","es":"Redacta el acta de la conversación de esta mañana","fr":"Rédige le compte rendu de la discussion de ce matin","it":"Scrivi il verbale della discussione di stamattina","ja":"今朝の話し合いの議事録を書いて","nl":"Maak de notulen van het overleg van vanochtend","pt":"Escreve a ata da conversa desta manhã","zh":"写一份今天上午讨论的纪要"},
  tools: ["read_messages","search_conversation","attach_file"],
  body: `# Minutes of a discussion

Minutes are for people who were not there, and for the day when two who were remember it differently.

1. **Find where it begins and ends.** Read back with \`read_messages\` until the subject changes or there was a long
   break. If a subject was named and not a time, look for it with \`search_conversation\` first. If two discussions
   could be meant, ask which, in one sentence.
2. **Read all of it before you write**, page by page. Where you could not read all of it, say from when on you have.
3. **Tell apart what was decided, what was proposed and what is still open.** Something is decided only if somebody
   said so, or proposed it and nobody objected after others had answered. In doubt it is open.
4. **Write it by \`template.md\`**, in the language of the discussion. Leave out a heading that would be empty.
   - Write what was meant, in plain words, and who said it only where that matters: decisions, objections, promises.
   - A task has one person and, where one was named, a day. A task that nobody took has "nobody yet".
   - Figures, names and dates as they were said. Link a message where its exact words matter.
   - No small talk, no praise, nothing that was not said.
5. **Post it as your answer.** Longer than a screen: the decisions and tasks in the answer, all of it as a file by
   \`attach_file\`.
6. End by asking whether something is wrong or missing, and offer nothing else.
`,
  files: {
    "template.md": `# {What it was about}, {day}

{Who took part, by name. From when to when.}

## Decided
- {What}. {Why, in half a sentence, if it was said.}

## To do
- {Person}: {what}, {until when}

## Open
- {The question}. {Who wants what, or what it waits for.}

## What was said
{A few sentences for each point, in the order of the discussion.}
`,
  },
}
