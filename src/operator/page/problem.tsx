/** What could not be done, and the way back. */
export function ProblemPage({ error, back }: { error: string; back: string }) {
  return (
    <section class="card narrow">
      <h1>That did not work</h1>
      <p role="alert">{error}</p>
      <p>
        <a href={back}>Back to where you were</a>
      </p>
    </section>
  )
}
