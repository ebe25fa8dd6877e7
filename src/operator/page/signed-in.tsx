/** Where people are after another server's own sign-in: it is another site's link that brought them. */
export function SignedInPage({ bot, server }: { bot: string; server: string }) {
  return (
    <section class="card narrow">
      <h1>Signed in</h1>
      <p role="status">
        {bot} can use the tools of {server} from its next turn on. Nobody has to sign in again,
        unless {server} ends it.
      </p>
      <p>
        <a href={`/bots/${bot}`}>Back to {bot}</a>
      </p>
    </section>
  )
}
