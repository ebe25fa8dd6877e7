import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: (name: string) => string; status: (name: string) => string }> = {
  en: {
    asks: (name) => `May I look up how **${name}** is done here?`,
    status: (name) => `Looking up how it is done here: ${name}`,
  },
  de: {
    asks: (name) => `Darf ich nachlesen, wie **${name}** hier gemacht wird?`,
    status: (name) => `Ich lese nach, wie das hier gemacht wird: ${name}`,
  },
  es: {
    asks: (name) => `¿Puedo consultar cómo se hace aquí **${name}**?`,
    status: (name) => `Consultando cómo se hace aquí: ${name}`,
  },
  fr: {
    asks: (name) => `Puis-je relire comment on fait ici **${name}** ?`,
    status: (name) => `Je relis comment on fait ici : ${name}`,
  },
  it: {
    asks: (name) => `Posso rileggere come si fa qui **${name}**?`,
    status: (name) => `Rileggo come si fa qui: ${name}`,
  },
  ja: {
    asks: (name) => `ここでの「**${name}**」の進め方を確認してもいいですか？`,
    status: (name) => `ここでの進め方を確認しています: ${name}`,
  },
  nl: {
    asks: (name) => `Mag ik nalezen hoe **${name}** hier wordt gedaan?`,
    status: (name) => `Ik lees na hoe dat hier wordt gedaan: ${name}`,
  },
  pt: {
    asks: (name) => `Posso consultar como se faz aqui **${name}**?`,
    status: (name) => `Consultando como se faz aqui: ${name}`,
  },
  zh: {
    asks: (name) => `我可以查一下这里怎么做“**${name}**”吗？`,
    status: (name) => `正在查看这里的做法：${name}`,
  },
}
