import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: (reaction: string) => string }> = {
  en: { asks: (reaction) => `May I react to a message here with **${reaction}**?` },
  de: { asks: (reaction) => `Darf ich hier mit **${reaction}** auf eine Nachricht reagieren?` },
  es: { asks: (reaction) => `¿Puedo reaccionar a un mensaje de aquí con **${reaction}**?` },
  fr: { asks: (reaction) => `Puis-je réagir à un message d’ici avec **${reaction}** ?` },
  it: { asks: (reaction) => `Posso reagire a un messaggio qui con **${reaction}**?` },
  ja: {
    asks: (reaction) => `ここのメッセージに「**${reaction}**」でリアクションしてもいいですか？`,
  },
  nl: { asks: (reaction) => `Mag ik hier met **${reaction}** op een bericht reageren?` },
  pt: { asks: (reaction) => `Posso reagir a uma mensagem daqui com **${reaction}**?` },
  zh: { asks: (reaction) => `我可以用“**${reaction}**”回应这里的一条消息吗？` },
}
