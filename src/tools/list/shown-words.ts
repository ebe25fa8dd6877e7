import type { InEach } from '../../languages.ts'

interface Words {
  nothing: string
  due: (day: string) => string
  more: (count: number) => string
  done: (count: number) => string
  /** The head of the CSV: number, item, notes, whose, due, done on, done by, added on, added by. */
  columns: [string, string, string, string, string, string, string, string, string]
}

/** What stands beside the items, where people see the list. */
export const SHOWN: InEach<Words> = {
  en: {
    nothing: 'Nothing is open.',
    due: (day) => `by ${day}`,
    more: (count) => `${count} more`,
    done: (count) => `${count} done`,
    columns: [
      'Number',
      'Item',
      'Notes',
      'Whose',
      'Due',
      'Done on',
      'Done by',
      'Added on',
      'Added by',
    ],
  },
  de: {
    nothing: 'Nichts ist offen.',
    due: (day) => `bis ${day}`,
    more: (count) => `${count} weitere`,
    done: (count) => `${count} erledigt`,
    columns: [
      'Nummer',
      'Aufgabe',
      'Notizen',
      'Wer',
      'Fällig',
      'Erledigt am',
      'Erledigt von',
      'Eingetragen am',
      'Eingetragen von',
    ],
  },
  es: {
    nothing: 'No hay nada pendiente.',
    due: (day) => `para el ${day}`,
    more: (count) => `${count} más`,
    done: (count) => (count === 1 ? '1 hecha' : `${count} hechas`),
    columns: [
      'Número',
      'Tarea',
      'Notas',
      'De quién',
      'Fecha límite',
      'Hecha el',
      'Hecha por',
      'Añadida el',
      'Añadida por',
    ],
  },
  fr: {
    nothing: 'Rien n’est en attente.',
    due: (day) => `pour le ${day}`,
    more: (count) => `${count} de plus`,
    done: (count) => (count > 1 ? `${count} terminées` : `${count} terminée`),
    columns: [
      'Numéro',
      'Tâche',
      'Notes',
      'Pour qui',
      'Échéance',
      'Terminée le',
      'Terminée par',
      'Ajoutée le',
      'Ajoutée par',
    ],
  },
  it: {
    nothing: 'Non c’è niente in sospeso.',
    due: (day) => `entro ${day}`,
    more: (count) => (count === 1 ? 'un’altra' : `altre ${count}`),
    done: (count) => (count === 1 ? '1 fatta' : `${count} fatte`),
    columns: [
      'Numero',
      'Attività',
      'Note',
      'Di chi',
      'Scadenza',
      'Fatta il',
      'Fatta da',
      'Aggiunta il',
      'Aggiunta da',
    ],
  },
  ja: {
    nothing: '残っているものはありません。',
    due: (day) => `${day}まで`,
    more: (count) => `ほか${count}件`,
    done: (count) => `完了${count}件`,
    columns: ['番号', '内容', 'メモ', '担当', '期限', '完了日', '完了者', '追加日', '追加者'],
  },
  nl: {
    nothing: 'Er staat niets open.',
    due: (day) => `uiterlijk ${day}`,
    more: (count) => `nog ${count}`,
    done: (count) => `${count} gedaan`,
    columns: [
      'Nummer',
      'Taak',
      'Notities',
      'Van wie',
      'Uiterlijk',
      'Gedaan op',
      'Gedaan door',
      'Toegevoegd op',
      'Toegevoegd door',
    ],
  },
  pt: {
    nothing: 'Não há nada pendente.',
    due: (day) => `até ${day}`,
    more: (count) => `mais ${count}`,
    done: (count) => (count === 1 ? '1 feita' : `${count} feitas`),
    columns: [
      'Número',
      'Tarefa',
      'Notas',
      'De quem',
      'Prazo',
      'Feita em',
      'Feita por',
      'Adicionada em',
      'Adicionada por',
    ],
  },
  zh: {
    nothing: '没有待办的事项。',
    due: (day) => `${day}前`,
    more: (count) => `还有 ${count} 项`,
    done: (count) => `已完成 ${count} 项`,
    columns: [
      '编号',
      '事项',
      '备注',
      '负责人',
      '截止日期',
      '完成日期',
      '完成人',
      '添加日期',
      '添加人',
    ],
  },
}
