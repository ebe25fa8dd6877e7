import type { StoredFile } from './messages.ts'

export interface Answer {
  status: number
  type: string | null
  bytes: Uint8Array
}

/** What Campfire makes of a bot's answer to a delivery. */
type Reaction =
  | { kind: 'nothing' }
  | { kind: 'text'; html: string }
  | { kind: 'file'; file: StoredFile }
  | { kind: 'failed job' }

/** Whatever the status is, what has a content type ends up in the room. */
export function reactionTo({ status, type, bytes }: Answer): Reaction {
  if (type === null) return { kind: 'nothing' }
  if (status === 204) return { kind: 'failed job' }

  const bare = type.split(';')[0]?.trim() ?? ''
  if (status === 200 && (bare === 'text/html' || bare === 'text/plain')) {
    return { kind: 'text', html: new TextDecoder().decode(bytes) }
  } else {
    return {
      kind: 'file',
      file: { name: `attachment.${EXTENSIONS[bare] ?? ''}`, type: bare, bytes },
    }
  }
}

// Rails' own names of types; it knows no others, and none in upper case.
const EXTENSIONS: Record<string, string> = {
  'text/html': 'html',
  'text/plain': 'text',
  'text/javascript': 'js',
  'text/css': 'css',
  'text/calendar': 'ics',
  'text/csv': 'csv',
  'text/vcard': 'vcf',
  'text/vtt': 'vtt',
  'text/markdown': 'md',
  'application/json': 'json',
  'application/xml': 'xml',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/gzip': 'gzip',
  'application/rss+xml': 'rss',
  'application/atom+xml': 'atom',
  'application/x-yaml': 'yaml',
  'application/x-www-form-urlencoded': 'url_encoded_form',
  'multipart/form-data': 'multipart_form',
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
  'image/tiff': 'tiff',
  'image/svg+xml': 'svg',
  'image/webp': 'webp',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'video/mp4': 'mp4',
  'video/mpeg': 'mpeg',
  'video/webm': 'webm',
}
