import * as z from 'zod'
import { WORDS } from './ask-for-file/words.ts'
import { ASK_FOR_FILE, defineTool } from './tool.ts'

/** Whoever asks for one gets the ways to give it below the answer: see `fileOffer`. */
export const askForFile = defineTool({
  name: ASK_FOR_FILE,
  description:
    'Ask the person for a file that you need and do not have: a document, spreadsheet, image or PDF that they want ' +
    'you to look at. Below your answer they then find a link where they can drop it. Look first whether it is here already.',
  input: z.strictObject({}),
  effect: 'read',
  status: (_, language) => WORDS[language].status,
  asks: (_, language) => WORDS[language].asks,
  examples: {
    en: ['Look at a file with me'],
    de: ['Sieh dir mit mir eine Datei an'],
    es: ['Mira un archivo conmigo'],
    fr: ['Regarde un fichier avec moi'],
    it: ['Guarda un file con me'],
    ja: ['ファイルを一緒に見て'],
    nl: ['Bekijk een bestand met me'],
    pt: ['Veja um arquivo comigo'],
    zh: ['和我一起看一个文件'],
  },
  async run(_, { asker }) {
    if (asker.isAway)
      throw new Error(
        'Nobody is here who could give one. Go on without it, and say what is missing.',
      )
    return (
      'Below your answer stands how the file can be given to you, with the link. Say in a few words which file you ' +
      'would like to see; say nothing of links. The files come as messages of their own.'
    )
  },
})
