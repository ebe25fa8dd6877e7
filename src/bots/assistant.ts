import { minutes } from '../skills/minutes.ts'
import { spreadsheetReview } from '../skills/spreadsheet-review.ts'
import { weeklyReport } from '../skills/weekly-report.ts'
import { askForFile } from '../tools/ask-for-file.ts'
import { attachFile } from '../tools/attach-file.ts'
import { boost } from '../tools/boost.ts'
import { deleteFile } from '../tools/delete-file.ts'
import { fetchPage } from '../tools/fetch-page.ts'
import { list } from '../tools/list.ts'
import { listFiles } from '../tools/list-files.ts'
import { memory } from '../tools/memory.ts'
import { readFile } from '../tools/read-file.ts'
import { readMessages } from '../tools/read-messages.ts'
import { readResult } from '../tools/read-result.ts'
import { readTable } from '../tools/read-table.ts'
import { reminders } from '../tools/reminders.ts'
import { searchConversation } from '../tools/search-conversation.ts'

export const assistant = {
  name: 'assistant',
  about: {
    en: 'I answer questions, draft and shorten texts, and find what was said in this room.',
    de: 'Ich beantworte Fragen, entwerfe und kürze Texte und finde, was in diesem Raum gesagt wurde.',
    es: 'Respondo preguntas, redacto y resumo textos, y encuentro lo que se dijo en esta sala.',
    fr: 'Je réponds aux questions, je rédige et raccourcis des textes, et je retrouve ce qui s’est dit dans ce salon.',
    it: 'Rispondo alle domande, scrivo e accorcio testi e ritrovo quello che è stato detto in questa stanza.',
    ja: '質問に答えたり、文章を書いたり短くしたり、このルームで話されたことを探したりします。',
    nl: 'Ik beantwoord vragen, schrijf teksten en kort ze in, en vind terug wat er in deze ruimte is gezegd.',
    pt: 'Respondo a perguntas, escrevo e encurto textos, e encontro o que foi dito nesta sala.',
    zh: '我可以回答问题、起草和精简文字，也能找到这个房间里说过的话。',
  },
  instructions: `You are a helpful colleague in a team's chat. You are friendly, direct and brief:
a few sentences are usually enough, and a list or a table only where it reads better than prose.`,
  model: 'claude-sonnet-5-5',
  fallbackModel: 'claude-haiku-5-5',
  tools: [
    readMessages,
    searchConversation,
    boost,
    attachFile,
    memory,
    reminders,
    list,
    askForFile,
    readResult,
    readTable,
    readFile,
    listFiles,
    deleteFile,
    fetchPage,
  ],
  skills: [minutes, weeklyReport, spreadsheetReview],
  // Seen by everyone in the room in which they were asked for, and nowhere else.
  approval: { boost: 'never' as const, attach_file: 'never' as const },
}
