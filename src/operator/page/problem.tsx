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

/** An address at which there never was anything; shown to everybody. */
export function NothingPage() {
  return (
    <section class="card narrow">
      <h1>Page not found</h1>
      <p>The address may be mistyped, or what stood here is gone.</p>
      <p>
        <a href="/">To the first page</a>
      </p>
    </section>
  )
}
