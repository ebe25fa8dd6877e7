import type { InEach } from '../../languages.ts'

type Action = 'remember' | 'recall' | 'forget'

/** What it is stands below the question; while it works nothing of it is shown. */
export const WORDS: InEach<{
  status: Record<Action, string>
  asks: Record<'room' | 'me', Record<Action, string>>
}> = {
  en: {
    status: { remember: 'Remembering', recall: 'Looking into my memory', forget: 'Forgetting' },
    asks: {
      room: {
        remember: 'May I remember this for everyone in this room?',
        recall: 'May I look up what I remember of this room?',
        forget: 'May I forget this, which I remember of this room?',
      },
      me: {
        remember: 'May I remember this about you?',
        recall: 'May I look up what I remember about you?',
        forget: 'May I forget this, which I remember about you?',
      },
    },
  },
  de: {
    status: {
      remember: 'Ich merke es mir',
      recall: 'Ich sehe in meinem Gedächtnis nach',
      forget: 'Ich vergesse es',
    },
    asks: {
      room: {
        remember: 'Darf ich mir das für alle in diesem Raum merken?',
        recall: 'Darf ich nachsehen, was ich mir von diesem Raum gemerkt habe?',
        forget: 'Darf ich das vergessen, was ich mir von diesem Raum gemerkt habe?',
      },
      me: {
        remember: 'Darf ich mir das über dich merken?',
        recall: 'Darf ich nachsehen, was ich mir über dich gemerkt habe?',
        forget: 'Darf ich das vergessen, was ich mir über dich gemerkt habe?',
      },
    },
  },
  es: {
    status: {
      remember: 'Tomando nota',
      recall: 'Mirando en mi memoria',
      forget: 'Olvidándolo',
    },
    asks: {
      room: {
        remember: '¿Puedo recordar esto para todos en esta sala?',
        recall: '¿Puedo mirar lo que recuerdo de esta sala?',
        forget: '¿Puedo olvidar esto que recuerdo de esta sala?',
      },
      me: {
        remember: '¿Puedo recordar esto sobre ti?',
        recall: '¿Puedo mirar lo que recuerdo sobre ti?',
        forget: '¿Puedo olvidar esto que recuerdo sobre ti?',
      },
    },
  },
  fr: {
    status: {
      remember: 'Je le retiens',
      recall: 'Je consulte ma mémoire',
      forget: 'Je l’oublie',
    },
    asks: {
      room: {
        remember: 'Puis-je retenir ceci pour tout le monde dans ce salon ?',
        recall: 'Puis-je consulter ce que j’ai retenu de ce salon ?',
        forget: 'Puis-je oublier ceci, que j’ai retenu de ce salon ?',
      },
      me: {
        remember: 'Puis-je retenir ceci à votre sujet ?',
        recall: 'Puis-je consulter ce que j’ai retenu à votre sujet ?',
        forget: 'Puis-je oublier ceci, que j’ai retenu à votre sujet ?',
      },
    },
  },
  it: {
    status: {
      remember: 'Me lo sto segnando',
      recall: 'Sto guardando nella mia memoria',
      forget: 'Lo sto dimenticando',
    },
    asks: {
      room: {
        remember: 'Posso ricordarlo per tutti in questa stanza?',
        recall: 'Posso guardare che cosa ricordo di questa stanza?',
        forget: 'Posso dimenticare questo, che ricordo di questa stanza?',
      },
      me: {
        remember: 'Posso ricordare questo di te?',
        recall: 'Posso guardare che cosa ricordo di te?',
        forget: 'Posso dimenticare questo, che ricordo di te?',
      },
    },
  },
  ja: {
    status: {
      remember: '覚えています',
      recall: '覚えていることを確認しています',
      forget: '忘れています',
    },
    asks: {
      room: {
        remember: 'これをこのルームのみんなのために覚えておいてもいいですか？',
        recall: 'このルームについて覚えていることを確認してもいいですか？',
        forget: 'このルームについて覚えているこのことを忘れてもいいですか？',
      },
      me: {
        remember: 'あなたについてこれを覚えておいてもいいですか？',
        recall: 'あなたについて覚えていることを確認してもいいですか？',
        forget: 'あなたについて覚えているこのことを忘れてもいいですか？',
      },
    },
  },
  nl: {
    status: {
      remember: 'Ik onthoud het',
      recall: 'Ik kijk in mijn geheugen',
      forget: 'Ik vergeet het',
    },
    asks: {
      room: {
        remember: 'Mag ik dit onthouden voor iedereen in deze kamer?',
        recall: 'Mag ik nakijken wat ik van deze kamer heb onthouden?',
        forget: 'Mag ik dit vergeten, wat ik van deze kamer heb onthouden?',
      },
      me: {
        remember: 'Mag ik dit over jou onthouden?',
        recall: 'Mag ik nakijken wat ik over jou heb onthouden?',
        forget: 'Mag ik dit vergeten, wat ik over jou heb onthouden?',
      },
    },
  },
  pt: {
    status: {
      remember: 'Guardando na memória',
      recall: 'Olhando na minha memória',
      forget: 'Esquecendo',
    },
    asks: {
      room: {
        remember: 'Posso lembrar disto para todos nesta sala?',
        recall: 'Posso olhar o que lembro desta sala?',
        forget: 'Posso esquecer isto, que lembro desta sala?',
      },
      me: {
        remember: 'Posso lembrar disto sobre você?',
        recall: 'Posso olhar o que lembro sobre você?',
        forget: 'Posso esquecer isto, que lembro sobre você?',
      },
    },
  },
  zh: {
    status: { remember: '正在记下', recall: '正在查看我记得的内容', forget: '正在忘记' },
    asks: {
      room: {
        remember: '我可以为这个房间里的所有人记住这个吗？',
        recall: '我可以查看我记得的关于这个房间的内容吗？',
        forget: '我可以忘记我记得的关于这个房间的这件事吗？',
      },
      me: {
        remember: '我可以记住关于你的这件事吗？',
        recall: '我可以查看我记得的关于你的内容吗？',
        forget: '我可以忘记我记得的关于你的这件事吗？',
      },
    },
  },
}

/** What people ask for, and this answers. */
export const EXAMPLES: InEach<string[]> = {
  en: ['Remember that the demo is on Friday.', 'What do you know about me?'],
  de: ['Merk dir, dass die Demo am Freitag ist.', 'Was weißt du über mich?'],
  es: ['Recuerda que la demo es el viernes.', '¿Qué sabes de mí?'],
  fr: ['Retenez que la démo est vendredi.', 'Que savez-vous de moi ?'],
  it: ['Ricorda che la demo è venerdì.', 'Che cosa sai di me?'],
  ja: ['デモは金曜日だと覚えておいて。', '私について何を知っていますか？'],
  nl: ['Onthoud dat de demo op vrijdag is.', 'Wat weet je over mij?'],
  pt: ['Lembre que a demo é na sexta-feira.', 'O que você sabe sobre mim?'],
  zh: ['记住演示在星期五。', '你知道我的哪些事？'],
}
