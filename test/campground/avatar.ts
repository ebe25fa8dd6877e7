import { digest } from './digest.ts'

/** Where the picture of a person is, as far as anybody can tell from outside. */
export function avatarOf({ id }: { id: number }): string {
  const data = btoa(JSON.stringify({ _rails: { data: id, pur: 'user/avatar' } }))
  return `/users/${data.replace(/=+$/, '')}--${digest(data)}/avatar?v=20261120213200`
}
