import type { InEach } from '../../languages.ts'

type Action = 'add' | 'show' | 'change' | 'snooze' | 'cancel'

/** What it is stands below the question; while it works nothing of it is shown. */
export const WORDS: InEach<{ status: Record<Action, string>; asks: Record<Action, string> }> = {
  en: {
    status: {
      add: 'Setting a reminder',
      show: 'Looking up the reminders',
      change: 'Changing a reminder',
      snooze: 'Snoozing a reminder',
      cancel: 'Cancelling a reminder',
    },
    asks: {
      add: 'May I set this reminder?',
      show: 'May I look up the reminders of this room?',
      change: 'May I change this reminder?',
      snooze: 'May I snooze this reminder?',
      cancel: 'May I cancel this reminder?',
    },
  },
  de: {
    status: {
      add: 'Ich stelle eine Erinnerung',
      show: 'Ich sehe nach den Erinnerungen',
      change: 'Ich ändere eine Erinnerung',
      snooze: 'Ich verschiebe eine Erinnerung',
      cancel: 'Ich streiche eine Erinnerung',
    },
    asks: {
      add: 'Darf ich diese Erinnerung stellen?',
      show: 'Darf ich die Erinnerungen in diesem Raum nachsehen?',
      change: 'Darf ich diese Erinnerung ändern?',
      snooze: 'Darf ich diese Erinnerung verschieben?',
      cancel: 'Darf ich diese Erinnerung streichen?',
    },
  },
  es: {
    status: {
      add: 'Creando un recordatorio',
      show: 'Mirando los recordatorios',
      change: 'Cambiando un recordatorio',
      snooze: 'Posponiendo un recordatorio',
      cancel: 'Cancelando un recordatorio',
    },
    asks: {
      add: '¿Puedo crear este recordatorio?',
      show: '¿Puedo mirar los recordatorios de esta sala?',
      change: '¿Puedo cambiar este recordatorio?',
      snooze: '¿Puedo posponer este recordatorio?',
      cancel: '¿Puedo cancelar este recordatorio?',
    },
  },
  fr: {
    status: {
      add: 'Je crée un rappel',
      show: 'Je consulte les rappels',
      change: 'Je modifie un rappel',
      snooze: 'Je reporte un rappel',
      cancel: 'J’annule un rappel',
    },
    asks: {
      add: 'Puis-je créer ce rappel ?',
      show: 'Puis-je consulter les rappels de ce salon ?',
      change: 'Puis-je modifier ce rappel ?',
      snooze: 'Puis-je reporter ce rappel ?',
      cancel: 'Puis-je annuler ce rappel ?',
    },
  },
  it: {
    status: {
      add: 'Sto impostando un promemoria',
      show: 'Sto guardando i promemoria',
      change: 'Sto modificando un promemoria',
      snooze: 'Sto rimandando un promemoria',
      cancel: 'Sto annullando un promemoria',
    },
    asks: {
      add: 'Posso impostare questo promemoria?',
      show: 'Posso guardare i promemoria di questa stanza?',
      change: 'Posso modificare questo promemoria?',
      snooze: 'Posso rimandare questo promemoria?',
      cancel: 'Posso annullare questo promemoria?',
    },
  },
  ja: {
    status: {
      add: 'リマインダーを設定しています',
      show: 'リマインダーを確認しています',
      change: 'リマインダーを変更しています',
      snooze: 'リマインダーを先に延ばしています',
      cancel: 'リマインダーを取り消しています',
    },
    asks: {
      add: 'このリマインダーを設定してもいいですか？',
      show: 'このルームのリマインダーを確認してもいいですか？',
      change: 'このリマインダーを変更してもいいですか？',
      snooze: 'このリマインダーを先に延ばしてもいいですか？',
      cancel: 'このリマインダーを取り消してもいいですか？',
    },
  },
  nl: {
    status: {
      add: 'Ik zet een herinnering',
      show: 'Ik kijk naar de herinneringen',
      change: 'Ik wijzig een herinnering',
      snooze: 'Ik stel een herinnering uit',
      cancel: 'Ik annuleer een herinnering',
    },
    asks: {
      add: 'Mag ik deze herinnering zetten?',
      show: 'Mag ik naar de herinneringen in deze ruimte kijken?',
      change: 'Mag ik deze herinnering wijzigen?',
      snooze: 'Mag ik deze herinnering uitstellen?',
      cancel: 'Mag ik deze herinnering annuleren?',
    },
  },
  pt: {
    status: {
      add: 'Criando um lembrete',
      show: 'Vendo os lembretes',
      change: 'Alterando um lembrete',
      snooze: 'Adiando um lembrete',
      cancel: 'Cancelando um lembrete',
    },
    asks: {
      add: 'Posso criar este lembrete?',
      show: 'Posso ver os lembretes desta sala?',
      change: 'Posso alterar este lembrete?',
      snooze: 'Posso adiar este lembrete?',
      cancel: 'Posso cancelar este lembrete?',
    },
  },
  zh: {
    status: {
      add: '正在设置提醒',
      show: '正在查看提醒',
      change: '正在修改提醒',
      snooze: '正在推迟提醒',
      cancel: '正在取消提醒',
    },
    asks: {
      add: '我可以设置这个提醒吗？',
      show: '我可以查看这个房间的提醒吗？',
      change: '我可以修改这个提醒吗？',
      snooze: '我可以推迟这个提醒吗？',
      cancel: '我可以取消这个提醒吗？',
    },
  },
}

export const EXAMPLES: InEach<string[]> = {
  en: ['Remind me tomorrow at 2 pm to call the bank.'],
  de: ['Erinnere mich morgen um 14 Uhr daran, die Bank anzurufen.'],
  es: ['Recuérdame mañana a las 14:00 que llame al banco.'],
  fr: ['Rappelez-moi demain à 14 h d’appeler la banque.'],
  it: ['Ricordami domani alle 14 di chiamare la banca.'],
  ja: ['明日の14時に銀行へ電話するよう知らせて。'],
  nl: ['Herinner me er morgen om 14 uur aan om de bank te bellen.'],
  pt: ['Lembre-me amanhã às 14h de ligar para o banco.'],
  zh: ['明天下午两点提醒我给银行打电话。'],
}
