import type { Mutant } from './mutant.ts'

/** What was kept of a room goes thirty days after the bot has left it, and never by mistake. */
export const LEAVING: Mutant[] = [
  {
    what: 'the files of a room stay behind when all else of it goes',
    by: 'leaves-rooms',
    edits: [{ from: 'tables.files.forget(null)', to: '' }],
  },
  {
    what: 'what was kept of a room is deleted without a sure answer',
    by: 'leaves-rooms',
    edits: [{ from: 'if (!isOut || !health.isOver(now()) ||', to: 'if (!health.isOver(now()) ||' }],
  },
  {
    what: 'what was kept of a room is deleted as soon as it is sure',
    by: 'leaves-rooms',
    edits: [
      {
        from: 'out.deleted === null && now - out.since >= KEPT',
        to: 'out.deleted === null && now - out.since >= 0',
      },
      {
        from: 'out.since === null ? out.seen + SOON : out.since + KEPT',
        to: 'out.since === null ? out.seen + SOON : out.since',
      },
    ],
  },
  {
    what: 'what was kept of a room is deleted before anybody could read of it',
    by: 'leaves-rooms',
    edits: [{ from: ' || !report.hasToldHealth()) return', to: ') return' }],
  },
  {
    what: 'one answer proves that a bot is out of a room',
    by: 'leaves-rooms',
    edits: [
      {
        from: 'this.#set({ missed, out: { seen: now, since: null,',
        to: 'this.#set({ missed, out: { seen: now, since: now,',
      },
    ],
  },
  {
    what: 'a bot that is back is out still',
    by: 'leaves-rooms',
    edits: [{ from: 'if (state.out) this.#set({ ...state, out: null })', to: 'void state' }],
  },
  {
    what: 'files stay where a bot has left',
    by: 'leaves-rooms',
    edits: [{ from: '  tables.files.forget(null)\n', to: '' }],
  },
]
