import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: (file: number) => string; status: string }> = {
  en: {
    asks: (file) => `May I look into the table in file ${file}?`,
    status: 'Looking into the table',
  },
  de: {
    asks: (file) => `Darf ich in die Tabelle in Datei ${file} schauen?`,
    status: 'Ich schaue in die Tabelle',
  },
  es: {
    asks: (file) => `¿Puedo consultar la tabla del archivo ${file}?`,
    status: 'Consultando la tabla',
  },
  fr: {
    asks: (file) => `Puis-je consulter le tableau du fichier ${file} ?`,
    status: 'Je consulte le tableau',
  },
  it: {
    asks: (file) => `Posso consultare la tabella nel file ${file}?`,
    status: 'Sto consultando la tabella',
  },
  ja: { asks: (file) => `ファイル${file}の表を調べてもいいですか？`, status: '表を調べています' },
  nl: {
    asks: (file) => `Mag ik in de tabel in bestand ${file} kijken?`,
    status: 'Ik kijk in de tabel',
  },
  pt: {
    asks: (file) => `Posso consultar a tabela no arquivo ${file}?`,
    status: 'Consultando a tabela',
  },
  zh: { asks: (file) => `我可以查看文件 ${file} 里的表格吗？`, status: '正在查看表格' },
}

/** What people ask for, and this answers. */
export const EXAMPLES: InEach<string[]> = {
  en: ['How much is it for each region in the spreadsheet from this morning?'],
  de: ['Wie viel ist es je Region in der Tabelle von heute Morgen?'],
  es: ['¿Cuánto suma cada región en la hoja de cálculo de esta mañana?'],
  fr: ['Combien pour chaque région dans le tableau de ce matin ?'],
  it: ['Quanto fa per ogni regione nel foglio di calcolo di stamattina?'],
  ja: ['今朝の表では、地域ごとの合計はいくらですか？'],
  nl: ['Hoeveel is het per regio in de spreadsheet van vanmorgen?'],
  pt: ['Quanto dá para cada região na planilha desta manhã?'],
  zh: ['今天早上的表格里，每个地区一共多少？'],
}
