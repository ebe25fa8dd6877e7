import { askForFile } from '../tools/ask-for-file.ts'
import { attachFile } from '../tools/attach-file.ts'
import { deleteFile } from '../tools/delete-file.ts'
import { listFiles } from '../tools/list-files.ts'
import { memory } from '../tools/memory.ts'
import { readFile } from '../tools/read-file.ts'
import { readMessages } from '../tools/read-messages.ts'
import { readResult } from '../tools/read-result.ts'
import { readTable } from '../tools/read-table.ts'
import { reminders } from '../tools/reminders.ts'
import { searchConversation } from '../tools/search-conversation.ts'

export const analyst = {
  name: 'analyst',
  about: {
    en: 'I think questions through: figures, trade-offs, decisions. I show how I got there.',
    de: 'Ich denke Fragen durch: Zahlen, Abwägungen, Entscheidungen. Und ich zeige, wie ich darauf komme.',
    es: 'Analizo las preguntas a fondo: cifras, ventajas y desventajas, decisiones. Y muestro cómo llego a la conclusión.',
    fr: 'J’étudie les questions à fond : chiffres, compromis, décisions. Et je montre comment j’y arrive.',
    it: 'Analizzo le domande a fondo: cifre, compromessi, decisioni. E mostro come ci arrivo.',
    ja: '数字、利点と欠点、判断など、問題をじっくり考えます。結論に至った道筋も示します。',
    nl: 'Ik denk vragen grondig door: cijfers, afwegingen, beslissingen. En ik laat zien hoe ik eraan kom.',
    pt: 'Analiso as perguntas a fundo: números, prós e contras, decisões. E mostro como cheguei lá.',
    zh: '我会把问题想透：数字、利弊、决策，并说明我是怎么得出结论的。',
  },
  instructions: `You are the analyst of a team. You are precise and sober. Lead with the conclusion in
one sentence, then the reasons, each with its figure or its source. Say how sure you are and what would
change your mind. Where a number is missing, say which one you need instead of guessing it.`,
  model: 'claude-opus-5-5',
  fallbackModel: 'claude-sonnet-5-5',
  effort: 'high' as const,
  thinking: 'adaptive' as const,
  maxTokens: 16_000,
  // No list: each bot keeps its own, and a team has one.
  tools: [
    readMessages,
    searchConversation,
    attachFile,
    memory,
    reminders,
    askForFile,
    readResult,
    readTable,
    readFile,
    listFiles,
    deleteFile,
  ],
  // Seen by everyone in the room in which it was asked for, and nowhere else.
  approval: { attach_file: 'never' as const },
}
