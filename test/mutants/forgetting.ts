import type { Mutant } from './mutant.ts'

/** What is forgotten or deleted is gone. */
export const FORGETTING: Mutant[] = [
  {
    what: 'what is forgotten is read where it still stands',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'if (id === null || !all.size) return false', to: 'return false' }],
  },
  {
    what: 'through which message is not kept',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: "if (kind === 'forget') noteForgotten(tables, first)", to: '' }],
  },
  {
    what: 'what is forgotten is read where somebody quotes it',
    by: 'forgotten-stays-forgotten',
    edits: [
      {
        from: 'return author !== null && this.has({ id, author }) ? { ...quote, text: GONE } : quote',
        to: 'return quote',
      },
    ],
  },
  {
    what: 'what was deleted is read where somebody quotes it',
    by: 'lets-go-of-what-was-deleted',
    edits: [{ from: 'if (this.deleted().includes(id)) return { ...quote, text: GONE }', to: '' }],
  },
  {
    what: 'what was forgotten and comes late is answered',
    by: 'forgotten-stays-forgotten',
    edits: [
      {
        from: '!view?.gone.has(message.id ?? 0) && !forgotten.cameBefore(message)',
        to: '!view?.gone.has(message.id ?? 0)',
      },
    ],
  },
  {
    what: 'what was forgotten and comes late is a word to the turn under way',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'more.filter((message) => !forgotten.cameBefore(message))', to: 'more' }],
  },
  {
    what: 'what was forgotten is answered as missed',
    by: 'forgotten-stays-forgotten',
    edits: [
      {
        from: 'if (forgotten.has({ id: message.id, author: message.author.id })) return false',
        to: '',
      },
    ],
  },
  {
    what: 'tools read what is forgotten',
    by: 'forgets-for-good',
    edits: [
      { from: '({ id, author }) => !forgotten.has({ id, author: author.id })', to: '() => true' },
    ],
  },
  {
    what: 'the words of a deleted answer that was in doubt stay for good',
    by: 'forgets-for-good',
    edits: [{ from: '    dropTakenBack(tables, turn.id)\n', to: '' }],
  },
  {
    what: 'what was said since a backup was restored is taken for forgotten',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'epochOf(through) < epoch ? Math.min(last, from) : last', to: 'last' }],
  },
  {
    what: 'the answers to whoever forgets stay in the archive',
    by: 'forgets-for-good',
    edits: [{ from: 'if (answers) this.#dropAnswers(answers)', to: '' }],
  },
  {
    what: 'the answers to everybody go with one who forgets',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'candidates.some((id) => meant.has(id))', to: 'true' }],
  },
  {
    what: 'words stay in the index of the archive',
    by: 'forgets-for-good',
    edits: [
      {
        from: `if (rowsWritten) this.#sql.exec("INSERT INTO said (said) VALUES ('optimize')")`,
        to: 'void rowsWritten',
      },
    ],
  },
  {
    what: 'notices of calls that were lost are not erased',
    by: 'forgets-for-good',
    edits: [
      { from: '(content IS NOT NULL OR notice IS NOT NULL) AND', to: 'content IS NOT NULL AND' },
    ],
  },
  {
    what: 'what waits for a yes can be granted after its turn is erased',
    by: 'lets-go-of-what-was-deleted',
    edits: [{ from: "iif(state = 'waiting', 'withdrawn', state)", to: 'state' }],
  },
  {
    what: 'half an answer is kept again after it was forgotten',
    by: 'forgotten-stays-forgotten',
    edits: [
      { from: 'replies.breakOff(half, half.body && words)', to: 'replies.breakOff(half, words)' },
    ],
  },
  {
    what: 'a turn under way when its session is reset keeps its words',
    by: 'lets-go-of-what-was-deleted',
    edits: [{ from: 'row.prompt !== null && session.isErased(row.session)', to: 'false' }],
  },
  {
    what: 'a reset erases nothing',
    by: 'forgets-for-good',
    edits: [{ from: 'eraseAll(tables)', to: '', within: 'resetSession' }],
  },
  {
    what: 'what was said meanwhile outlives its deletion',
    by: 'lets-go-of-what-was-deleted',
    edits: [{ from: 'changedBy(text, notices)', to: 'changedBy(text, notices.slice(0, 0))' }],
  },
  {
    what: 'what tools have found outlives its deletion',
    by: 'forgets-for-good',
    edits: [{ from: 'changedBy(result, results)', to: 'changedBy(result, results.slice(0, 0))' }],
  },
  {
    what: 'what is deleted while a turn works on it is read on in that turn',
    by: 'lets-go-of-what-was-deleted',
    edits: [{ from: '!gone.length || row.prompt === null', to: 'row.id || row.prompt === null' }],
  },
  {
    what: 'the answer outlives the question that was deleted',
    by: 'forgets-for-good',
    edits: [
      { from: 'for (const turn of of.turns) session.dropAnswer(turn, NOTICES.deleted)', to: '' },
    ],
  },
  {
    what: 'nobody notices that what was only overheard is deleted',
    by: 'forgets-for-good',
    edits: [{ from: '...shownSince(tables, { oldest, turn }),\n', to: '' }],
  },
  {
    what: 'a turn that failed keeps its words for ever, with nothing after it',
    by: 'lets-go-of-what-was-deleted',
    edits: [{ from: 'isEmpty ? tables.now() : before', to: 'before' }],
  },
  {
    what: 'a turn that was set aside keeps what it had overheard of whoever forgets',
    by: 'forgotten-stays-forgotten',
    edits: [
      { from: 'for (const row of tables.turns.aside()) dropWordsOf(tables, row, author)', to: '' },
    ],
  },
  {
    what: 'whoever has forgotten is met with silence after a backup was restored',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'return at <= Math.max(...since) + HOUR', to: 'return true' }],
  },
  {
    what: 'what is forgotten before we know of a restore comes back with it',
    by: 'forgotten-stays-forgotten',
    edits: [
      {
        from: 'UPDATE forgotten SET through = through +',
        to: 'UPDATE forgotten SET through = through + 0 *',
      },
    ],
  },
]
