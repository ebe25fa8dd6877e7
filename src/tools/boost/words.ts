import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: (reaction: string) => string; status: string }> = {
  en: {
    asks: (reaction) => `May I react to a message here with **${reaction}**?`,
    status: 'Reacting to a message',
  },
  de: {
    asks: (reaction) => `Darf ich hier mit **${reaction}** auf eine Nachricht reagieren?`,
    status: 'Ich reagiere auf eine Nachricht',
  },
  es: {
    asks: (reaction) => `¿Puedo reaccionar a un mensaje de aquí con **${reaction}**?`,
    status: 'Reaccionando a un mensaje',
  },
  fr: {
    asks: (reaction) => `Puis-je réagir à un message d’ici avec **${reaction}** ?`,
    status: 'Je réagis à un message',
  },
  it: {
    asks: (reaction) => `Posso reagire a un messaggio qui con **${reaction}**?`,
    status: 'Sto reagendo a un messaggio',
  },
  ja: {
    asks: (reaction) => `ここのメッセージに「**${reaction}**」でリアクションしてもいいですか？`,
    status: 'メッセージにリアクションしています',
  },
  nl: {
    asks: (reaction) => `Mag ik hier met **${reaction}** op een bericht reageren?`,
    status: 'Ik reageer op een bericht',
  },
  pt: {
    asks: (reaction) => `Posso reagir a uma mensagem daqui com **${reaction}**?`,
    status: 'Reagindo a uma mensagem',
  },
  zh: {
    asks: (reaction) => `我可以用“**${reaction}**”回应这里的一条消息吗？`,
    status: '正在回应一条消息',
  },
}
