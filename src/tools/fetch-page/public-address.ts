/** Names that mean something within a network or on a machine, and nothing, or something else, outside. */
const INNER = /(?:^|\.)(?:local|localhost|internal|lan|home|corp|onion|arpa)$/

/**
 * Why nobody opens this address. Null: as far as it can be seen, it is a page of the public web. A parser has read it as a
 * browser does: numbers of whatever base are four by now, and wide letters plain.
 */
export function whyNotOpened(url: URL): string | null {
  if (url.protocol !== 'https:') return 'only addresses that begin with https:// are opened'
  if (url.username || url.password)
    return 'an address with a name or a password in it is not opened'
  if (url.port) return 'no other port than that of https is opened'
  const host = url.hostname.replace(/\.+$/, '')
  if (host.startsWith('[') || /^[\d.]+$/.test(host))
    return 'an address of numbers is not opened, only one of a name'
  if (!host.includes('.') || INNER.test(host))
    return 'it is a name of some inner network, not of the public web'
  return null
}

/** What the public internet is made of: all else is somebody's own network, this machine, or set aside. */
export function isPublic(address: string) {
  return address.includes(':') ? isPublic6(address) : isPublic4(address)
}

function isPublic4(address: string) {
  const parts = address.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256))
  if (parts.length !== 4 || parts.some((part) => part > 255)) return false
  const number = parts.reduce((sum, part) => sum * 256 + part, 0)
  return !SET_ASIDE.some(([from, bits]) => {
    const size = 2 ** (32 - bits)
    return number >= from && number < from + size
  })
}

/** As the IANA's registry of special addresses has them. */
const SET_ASIDE = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
].map(([from, bits]): [number, number] => [
  String(from)
    .split('.')
    .reduce((sum, part) => sum * 256 + Number(part), 0),
  Number(bits),
])

/**
 * Only what is given out, and of that nothing that leads on to an IPv4 address which it carries (Teredo, 6to4). Mapped
 * ones, unique local and link-local ones begin otherwise.
 */
function isPublic6(address: string) {
  const host = URL.parse(`https://[${address}]/`)?.hostname.slice(1, -1)
  if (!host) return false
  const [first = 0, second = 0] = host.split(':').map((part) => Number.parseInt(part || '0', 16))
  if (first < 0x2000 || first > 0x3fff) return false
  const isTold = first === 0x2001 && (second < 0x200 || second === 0xdb8)
  return !isTold && first !== 0x2002 && !(first === 0x3fff && second < 0x1000)
}
