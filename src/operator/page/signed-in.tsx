/** On the way to another server's own sign-in: a browser goes there by itself. */
export function SigningInPage({ bot, server, location }: SigningIn) {
  return (
    <section class="card narrow">
      <h1>On to {server}</h1>
      <p>
        You sign in at {new URL(location).host}, for {bot}, and are led back here.
      </p>
      <p>
        <a class="button" href={location}>
          Go on
        </a>
      </p>
    </section>
  )
}

interface SigningIn {
  bot: string
  server: string
  location: string
}

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
