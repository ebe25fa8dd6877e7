import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: (file: number) => string; status: string }> = {
  en: { asks: (file) => `May I read file ${file}?`, status: 'Reading the file' },
  de: { asks: (file) => `Darf ich Datei ${file} lesen?`, status: 'Ich lese die Datei' },
  es: { asks: (file) => `¿Puedo leer el archivo ${file}?`, status: 'Leyendo el archivo' },
  fr: { asks: (file) => `Puis-je lire le fichier ${file} ?`, status: 'Je lis le fichier' },
  it: { asks: (file) => `Posso leggere il file ${file}?`, status: 'Sto leggendo il file' },
  ja: { asks: (file) => `ファイル${file}を読んでもいいですか？`, status: 'ファイルを読んでいます' },
  nl: { asks: (file) => `Mag ik bestand ${file} lezen?`, status: 'Ik lees het bestand' },
  pt: { asks: (file) => `Posso ler o arquivo ${file}?`, status: 'Lendo o arquivo' },
  zh: { asks: (file) => `我可以读取文件 ${file} 吗？`, status: '正在读取文件' },
}

/** What people ask for, and this answers. */
export const EXAMPLES: InEach<string[]> = {
  en: ['What does the contract that I gave you say about notice?'],
  de: ['Was steht im Vertrag, den ich dir gegeben habe, zur Kündigung?'],
  es: ['¿Qué dice sobre el preaviso el contrato que te di?'],
  fr: ['Que dit le contrat que je vous ai donné sur le préavis ?'],
  it: ['Cosa dice sul preavviso il contratto che ti ho dato?'],
  ja: ['渡した契約書には、解約についてどう書いてありますか？'],
  nl: ['Wat staat er in het contract dat ik je gaf over opzegging?'],
  pt: ['O que o contrato que te dei diz sobre o aviso prévio?'],
  zh: ['我给你的合同里关于解约是怎么写的？'],
}
