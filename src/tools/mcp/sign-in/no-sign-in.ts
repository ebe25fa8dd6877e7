/** Why nobody can sign in there, in words for the operator. Nothing of what was sent or answered is in it. */
export class NoSignIn extends Error {
  override name = 'NoSignIn'
}

/** The server that gave the sign-in says itself that it holds no more. */
export class SignedOut extends Error {
  override name = 'SignedOut'
}
