import type { InEach } from '../../languages.ts'

export const WORDS: InEach<{ asks: string; status: string }> = {
  en: { asks: 'May I read what was said in this room?', status: 'Reading the room' },
  de: {
    asks: 'Darf ich lesen, was in diesem Raum gesagt wurde?',
    status: 'Ich lese in diesem Raum nach',
  },
  es: { asks: '¿Puedo leer lo que se dijo en esta sala?', status: 'Leyendo la sala' },
  fr: { asks: 'Puis-je lire ce qui s’est dit dans ce salon ?', status: 'Je relis le salon' },
  it: {
    asks: 'Posso leggere quello che è stato detto in questa stanza?',
    status: 'Sto rileggendo la stanza',
  },
  ja: { asks: 'このルームの発言を読んでもいいですか？', status: 'ルームの発言を読んでいます' },
  nl: {
    asks: 'Mag ik lezen wat er in deze kamer is gezegd?',
    status: 'Ik lees terug in deze kamer',
  },
  pt: { asks: 'Posso ler o que foi dito nesta sala?', status: 'Lendo a sala' },
  zh: { asks: '我可以读一下这个房间里的消息吗？', status: '正在读房间里的消息' },
}

/** What people ask for, and this answers. */
export const EXAMPLES: InEach<string[]> = {
  en: ['What did I miss here today?'],
  de: ['Was habe ich hier heute verpasst?'],
  es: ['¿Qué me he perdido hoy aquí?'],
  fr: ['Qu’est-ce que j’ai manqué ici aujourd’hui ?'],
  it: ['Che cosa mi sono perso qui oggi?'],
  ja: ['今日ここで何がありましたか？'],
  nl: ['Wat heb ik hier vandaag gemist?'],
  pt: ['O que eu perdi aqui hoje?'],
  zh: ['我今天在这里错过了什么？'],
}
