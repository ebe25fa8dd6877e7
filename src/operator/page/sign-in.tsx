export function SignInPage({ to, problem }: { to: string; problem: string | null }) {
  return (
    <section class="card narrow">
      <h1>Sign in</h1>
      {problem !== null && (
        <p class="problem" role="alert" id="problem">
          {problem}
        </p>
      )}
      <form method="post" action="/sign-in">
        <input type="hidden" name="to" value={to} />
        <label for="token">
          Your <code>ADMIN_TOKEN</code>
        </label>
        <input
          id="token"
          name="token"
          type="password"
          required
          autofocus
          autocomplete="current-password"
          {...(problem !== null && { 'aria-describedby': 'problem', 'aria-invalid': 'true' })}
        />
        <p class="hint">
          You set it with <code>npm run setup</code>; it is in <code>.dev.vars</code> on your
          machine. You stay signed in for twelve hours.
        </p>
        <p>
          <button type="submit">Sign in</button>
        </p>
      </form>
    </section>
  )
}
