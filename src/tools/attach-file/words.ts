import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: (file: string) => string; status: (file: string) => string }> = {
  en: {
    asks: (file) => `May I post **${file}** here?`,
    status: (file) => `Posting ${file}`,
  },
  de: {
    asks: (file) => `Darf ich **${file}** hier posten?`,
    status: (file) => `Ich poste ${file}`,
  },
  es: {
    asks: (file) => `¿Puedo publicar **${file}** aquí?`,
    status: (file) => `Publicando ${file}`,
  },
  fr: {
    asks: (file) => `Puis-je publier **${file}** ici ?`,
    status: (file) => `Je publie ${file}`,
  },
  it: {
    asks: (file) => `Posso pubblicare **${file}** qui?`,
    status: (file) => `Sto pubblicando ${file}`,
  },
  ja: {
    asks: (file) => `ここに「**${file}**」を投稿してもいいですか？`,
    status: (file) => `${file}を投稿しています`,
  },
  nl: {
    asks: (file) => `Mag ik **${file}** hier plaatsen?`,
    status: (file) => `Ik plaats ${file}`,
  },
  pt: {
    asks: (file) => `Posso publicar **${file}** aqui?`,
    status: (file) => `Publicando ${file}`,
  },
  zh: {
    asks: (file) => `我可以在这里发布“**${file}**”吗？`,
    status: (file) => `正在发布 ${file}`,
  },
}

/** What people ask for, and this answers. */
export const EXAMPLES: InEach<string[]> = {
  en: ['Put that into a spreadsheet.'],
  de: ['Mach daraus eine Tabelle als Datei.'],
  es: ['Ponlo en una hoja de cálculo.'],
  fr: ['Mettez cela dans une feuille de calcul.'],
  it: ['Mettilo in un foglio di calcolo.'],
  ja: ['それを表のファイルにしてください。'],
  nl: ['Zet dat in een spreadsheet.'],
  pt: ['Coloque isso numa planilha.'],
  zh: ['把这些做成一个表格文件。'],
}
