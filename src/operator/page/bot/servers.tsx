import type { BotView } from '../../schemas.ts'

/** Other people's servers whose tools it uses, and whether somebody is signed in where that is needed. */
export function Servers({ name, servers }: Pick<BotView, 'name' | 'servers'>) {
  if (!servers.length) return null
  return (
    <section class="card">
      <h2>Other people’s servers</h2>
      <ul class="bare">
        {servers.map(({ server, host, signIn }) => (
          <li class="row">
            <span>
              <strong>{server}</strong> <span class="soft">{host}</span> {WORDS[signIn]}
            </span>
            {(signIn === 'out' || signIn === 'ended') && <SignIn name={name} server={server} />}
            {(signIn === 'in' || signIn === 'ended') && <SignOut name={name} server={server} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function SignIn({ name, server }: { name: string; server: string }) {
  return (
    <form method="post" action={`/bots/${name}/servers/${server}/sign-in`}>
      <input type="hidden" name="_method" value="PUT" />
      <button type="submit">Sign in to {server}</button>
    </form>
  )
}

function SignOut({ name, server }: { name: string; server: string }) {
  return (
    <form
      method="post"
      action={`/bots/${name}/servers/${server}/sign-in`}
      data-confirm={`Sign ${name} out of ${server}?`}
    >
      <input type="hidden" name="_method" value="DELETE" />
      <button type="submit" class="quiet">
        Sign out of {server}
      </button>
    </form>
  )
}

const WORDS: Record<BotView['servers'][number]['signIn'], string> = {
  none: '',
  out: 'Nobody has signed in yet.',
  in: 'Signed in.',
  ended: 'The sign-in has ended.',
}
