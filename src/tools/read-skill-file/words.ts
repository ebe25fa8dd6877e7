import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: (file: string) => string; status: (file: string) => string }> = {
  en: {
    asks: (file) => `May I read **${file}**, which I work by?`,
    status: (file) => `Reading what I work by: ${file}`,
  },
  de: {
    asks: (file) => `Darf ich **${file}** lesen, wonach ich arbeite?`,
    status: (file) => `Ich lese, wonach ich arbeite: ${file}`,
  },
  es: {
    asks: (file) => `¿Puedo leer **${file}**, por lo que me guío?`,
    status: (file) => `Leyendo lo que me guía: ${file}`,
  },
  fr: {
    asks: (file) => `Puis-je lire **${file}**, que je suis pour travailler ?`,
    status: (file) => `Je lis ce que je suis pour travailler : ${file}`,
  },
  it: {
    asks: (file) => `Posso leggere **${file}**, che seguo per lavorare?`,
    status: (file) => `Leggo quello che seguo per lavorare: ${file}`,
  },
  ja: {
    asks: (file) => `作業の手引き「**${file}**」を読んでもいいですか？`,
    status: (file) => `作業の手引きを読んでいます: ${file}`,
  },
  nl: {
    asks: (file) => `Mag ik **${file}** lezen, waar ik naar werk?`,
    status: (file) => `Ik lees waar ik naar werk: ${file}`,
  },
  pt: {
    asks: (file) => `Posso ler **${file}**, que sigo ao trabalhar?`,
    status: (file) => `Lendo o que sigo ao trabalhar: ${file}`,
  },
  zh: {
    asks: (file) => `我可以读一下我工作时参照的 **${file}** 吗？`,
    status: (file) => `正在阅读我参照的文件：${file}`,
  },
}
