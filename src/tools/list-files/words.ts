import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: string; status: string }> = {
  en: { asks: 'May I look at which files there are here?', status: 'Looking at the files here' },
  de: {
    asks: 'Darf ich nachsehen, welche Dateien es hier gibt?',
    status: 'Ich sehe die Dateien hier durch',
  },
  es: { asks: '¿Puedo mirar qué archivos hay aquí?', status: 'Mirando los archivos de aquí' },
  fr: {
    asks: 'Puis-je regarder quels fichiers il y a ici ?',
    status: 'Je regarde les fichiers d’ici',
  },
  it: { asks: 'Posso guardare quali file ci sono qui?', status: 'Sto guardando i file qui' },
  ja: {
    asks: 'ここにあるファイルを確認してもいいですか？',
    status: 'ここのファイルを確認しています',
  },
  nl: { asks: 'Mag ik kijken welke bestanden hier zijn?', status: 'Ik bekijk de bestanden hier' },
  pt: { asks: 'Posso ver quais arquivos há aqui?', status: 'Vendo os arquivos daqui' },
  zh: { asks: '我可以查看这里有哪些文件吗？', status: '正在查看这里的文件' },
}
