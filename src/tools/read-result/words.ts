import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: string; status: string }> = {
  en: {
    asks: 'May I look again at what I found earlier in this room?',
    status: 'Looking again at what I found earlier',
  },
  de: {
    asks: 'Darf ich noch einmal ansehen, was ich in diesem Raum früher gefunden habe?',
    status: 'Ich sehe noch einmal nach, was ich früher gefunden habe',
  },
  es: {
    asks: '¿Puedo volver a mirar lo que encontré antes en esta sala?',
    status: 'Volviendo a mirar lo que encontré antes',
  },
  fr: {
    asks: 'Puis-je revoir ce que j’ai trouvé plus tôt dans ce salon ?',
    status: 'Je revois ce que j’ai trouvé plus tôt',
  },
  it: {
    asks: 'Posso riguardare quello che ho trovato prima in questa stanza?',
    status: 'Sto riguardando quello che ho trovato prima',
  },
  ja: {
    asks: 'このルームで前に見つけたものを、もう一度見てもいいですか？',
    status: '前に見つけたものをもう一度見ています',
  },
  nl: {
    asks: 'Mag ik nog eens bekijken wat ik eerder in deze kamer heb gevonden?',
    status: 'Ik bekijk nog eens wat ik eerder heb gevonden',
  },
  pt: {
    asks: 'Posso rever o que encontrei antes nesta sala?',
    status: 'Revendo o que encontrei antes',
  },
  zh: {
    asks: '我可以再看一下之前在这个房间里找到的内容吗？',
    status: '正在重新查看之前找到的内容',
  },
}
