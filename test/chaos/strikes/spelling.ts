/** One Campfire's address as people write it. */
export function spellingsOf(url: string) {
  const { hostname, port } = new URL(url)
  return [
    `HTTP://${hostname.toUpperCase()}:${port}`,
    `http://${hostname}.:${port}`,
    `http://${hostname}:${port}/`,
    `http://${hostname}:0${port}//`,
    url,
  ]
}
