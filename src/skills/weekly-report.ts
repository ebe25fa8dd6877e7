// biome-ignore-all format: made by `npm run skills` of the files in weekly-report/. Change those.
import type { Skill } from './skill.ts'

export const weeklyReport: Skill = {
  name: "weekly-report",
  when: "Somebody wants to know what happened in this room in the last week or another span of time, as a report.",
  examples: {"en":"Give me a report of the last week in this room","de":"Gib mir einen Bericht über die letzte Woche in diesem Raum","es":"Hazme un informe de la última semana en esta sala","fr":"Fais-moi un rapport de la semaine passée dans ce salon","it":"Fammi un resoconto dell’ultima settimana in questa stanza","ja":"このルームの先週の出来事をレポートにして","nl":"Geef me een verslag van de afgelopen week in deze kamer","pt":"Faz-me um relatório da última semana nesta sala","zh":"给我一份这个房间上周的报告"},
  tools: ["read_messages","search_conversation","list","reminders"],
  body: `# Report of a week

Whoever reads it has two minutes, and wants to know what is different now.

1. **The span**: seven days up to now where nothing else is said, in the zone that \`<now>\` tells. If it is to come
   every week, do this one, and then offer to set it up with \`reminders\`.
2. **Read the week** with \`read_messages\`, from its first day to now, page by page. Then look with
   \`search_conversation\` for what began earlier and was settled in it. Say so if you could not read all of it.
3. **See what stands on the lists** here with \`list\`: what was ticked off in that week, what is overdue.
4. **Write it by \`template.md\`**, in the language of whoever asks, at most a screen long.
   - Lead with the one thing that somebody who was away must know.
   - Put together what belongs together, whoever said it and on whichever day.
   - Say what changed, not what was talked about. "The launch moves to 3 May", not "The launch was discussed".
   - Name people for what they did or promised, never for how much or how little they said.
   - Each point of weight has the link to its message.
5. A quiet week has a short report. Do not fill it.
`,
  files: {
    "template.md": `**{The one thing to know, in a sentence.}**

**Done**
- {What is finished, and what it changes}

**Decided**
- {What, and from when on}

**Going on**
- {What, how far it is, who is at it}

**Stuck or at risk**
- {What, why, and whom it waits for}

**Next week**
- {Day}: {what}

*{From day to day, and what could not be read, if anything.}*
`,
  },
}
