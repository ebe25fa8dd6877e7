import { NoSignIn } from './no-sign-in.ts'

/** Whatever fails on the way, without a word of what was sent or answered. */
export async function inWords<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NoSignIn) throw error
    throw new NoSignIn(await wordsOf(error), { cause: error })
  }
}

async function wordsOf(error: unknown) {
  const { IssuerMismatchError, OAuthError, RegistrationRejectedError } = await import(
    '@modelcontextprotocol/client'
  )
  if (error instanceof IssuerMismatchError)
    return 'What comes back is not of the one that was asked (another issuer).'
  if (error instanceof RegistrationRejectedError) return 'It refuses to register us.'
  if (error instanceof OAuthError) return 'It gave out no token.'
  const { name } = error instanceof Error ? error : { name: '' }
  if (name === 'TimeoutError') return 'It took too long to answer.'
  if (error instanceof TypeError) return 'It cannot be reached just now.'
  return 'What it answers is not as the standards have it.'
}
