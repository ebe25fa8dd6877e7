import type { InEach } from '../../languages.ts'

/** What is to be pinned, taken off, or both: what that is stands below the question. */
export const WORDS: InEach<Record<'add' | 'takeOff' | 'both', string>> = {
  en: {
    add: 'May I pin this, so I remember it for good in this room?',
    takeOff: "May I take this off what's pinned in this room?",
    both: "May I change what's pinned in this room?",
  },
  de: {
    add: 'Darf ich das anheften, damit ich es in diesem Raum dauerhaft behalte?',
    takeOff: 'Darf ich das von dem nehmen, was in diesem Raum angeheftet ist?',
    both: 'Darf ich ändern, was in diesem Raum angeheftet ist?',
  },
  es: {
    add: '¿Puedo fijar esto para recordarlo siempre en esta sala?',
    takeOff: '¿Puedo quitar esto de lo que está fijado en esta sala?',
    both: '¿Puedo cambiar lo que está fijado en esta sala?',
  },
  fr: {
    add: 'Puis-je épingler ceci, pour m’en souvenir durablement dans ce salon ?',
    takeOff: 'Puis-je retirer ceci de ce qui est épinglé dans ce salon ?',
    both: 'Puis-je modifier ce qui est épinglé dans ce salon ?',
  },
  it: {
    add: 'Posso fissare questo, per ricordarlo sempre in questa stanza?',
    takeOff: 'Posso togliere questo da ciò che è fissato in questa stanza?',
    both: 'Posso cambiare ciò che è fissato in questa stanza?',
  },
  ja: {
    add: 'このルームでずっと覚えておけるように、これをピン留めしてもいいですか？',
    takeOff: 'このルームのピン留めから、これを外してもいいですか？',
    both: 'このルームのピン留めを変更してもいいですか？',
  },
  nl: {
    add: 'Mag ik dit vastzetten, zodat ik het in deze kamer blijf onthouden?',
    takeOff: 'Mag ik dit weghalen uit wat in deze kamer vaststaat?',
    both: 'Mag ik veranderen wat in deze kamer vaststaat?',
  },
  pt: {
    add: 'Posso fixar isto, para me lembrar sempre nesta sala?',
    takeOff: 'Posso tirar isto do que está fixado nesta sala?',
    both: 'Posso mudar o que está fixado nesta sala?',
  },
  zh: {
    add: '我可以把这个置顶，好在这个房间里一直记住它吗？',
    takeOff: '我可以把这个从本房间的置顶内容中移除吗？',
    both: '我可以更改本房间的置顶内容吗？',
  },
}
