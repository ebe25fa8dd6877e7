import type { RoomView } from '../../schemas.ts'

/** What happens at this moment; live-script.ts fills it as it goes on. Without a script it says how it was. */
export function Live({ here, turns, queue }: RoomView & { here: string }) {
  const open = turns.find(({ state }) => state === 'running' || state === 'paused')
  const newest = turns.find(({ endedAt }) => endedAt !== null)
  return (
    <section
      class="card live"
      aria-labelledby="live"
      data-live={`${here}/live`}
      data-after={newest?.id ?? 0}
    >
      <h2 id="live">Right now</h2>
      <p data-live-status role="status" aria-live="polite">
        {open ? `Turn ${open.id} is at work.` : 'Nothing is running.'}
        {queue.waiting > 0 && ` ${queue.waiting} waiting.`}
      </p>
      <ul data-live-tools></ul>
      <div class="answered" data-live-text></div>
      <form method="post" action={`${here}/turn`} data-live-stop hidden={!open}>
        <input type="hidden" name="_method" value="DELETE" />
        <button
          type="submit"
          class="danger"
          data-confirm="Stop it? What it has said so far stays in the room."
        >
          Stop it
        </button>
      </form>
    </section>
  )
}
