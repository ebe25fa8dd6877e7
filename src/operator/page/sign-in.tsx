interface Props {
  to: string
  problem: string | null
  /** Where nobody can, there is nothing to fill in. */
  mayTry: boolean
}

export function SignInPage({ to, problem, mayTry }: Props) {
  return (
    <section class="card narrow">
      <h1>Sign in</h1>
      {problem !== null && (
        <p class="problem" role="alert" id="problem">
          {problem}
        </p>
      )}
      {mayTry && <TokenForm to={to} isWrong={problem !== null} />}
    </section>
  )
}

function TokenForm({ to, isWrong }: { to: string; isWrong: boolean }) {
  return (
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
        {...(isWrong && { 'aria-describedby': 'problem', 'aria-invalid': 'true' })}
      />
      <p class="hint">
        You set it with <code>npm run setup</code>; it is in <code>.dev.vars</code> on your machine.
        You stay signed in for twelve hours.
      </p>
      <p>
        <button type="submit">Sign in</button>
      </p>
    </form>
  )
}
