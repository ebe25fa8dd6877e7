import type { Dialect } from '../dialect.ts'
import type { StoredFile } from '../messages.ts'

/** What a request says; `unreadable` is a 500 at the time it is used, `unparseable` a 400 at once. */
export type Body = { text: string } | { file: StoredFile } | 'unreadable'

const MAX_FORM_BYTES = 4 * 1024 * 1024
const MAX_FORM_FIELDS = 4096

export async function readBody(request: Request, dialect: Dialect): Promise<Body | 'unparseable'> {
  const bytes = new Uint8Array(await request.arrayBuffer())
  const header = request.headers.get('content-type') ?? ''
  const type = header.split(';')[0]?.trim().toLowerCase() ?? ''

  if (type === 'multipart/form-data') return fromMultipart(bytes, header)
  // As published the port reads nothing but text/plain; all else is blank to it.
  if (dialect === 'port') return type === 'text/plain' ? asText(bytes) : { text: '' }
  if (type === 'application/x-www-form-urlencoded') return fromForm(bytes)
  if (type === 'application/json') return fromJson(bytes)
  return asText(bytes)
}

async function fromMultipart(bytes: Uint8Array<ArrayBuffer>, type: string) {
  const whole = new Response(bytes, { headers: { 'content-type': type } })
  const form = await whole.formData().catch(() => null)
  if (!form) return 'unparseable'

  const attachment = form.get('attachment')
  if (attachment === null) return asText(bytes)
  if (typeof attachment === 'string') return 'unreadable'
  return {
    file: {
      name: attachment.name,
      type: attachment.type,
      bytes: new Uint8Array(await attachment.arrayBuffer()),
    },
  }
}

// Rails parses a form although the text is taken raw: what is no form is refused for it.
function fromForm(bytes: Uint8Array) {
  const text = new TextDecoder().decode(bytes)
  const fields = text.split('&')
  if (bytes.length > MAX_FORM_BYTES || fields.length > MAX_FORM_FIELDS) return 'unparseable'
  if (/%(?![0-9a-f]{2})/i.test(text)) return 'unparseable'
  return fields.some((field) => field.startsWith('attachment=')) ? 'unreadable' : asText(bytes)
}

function fromJson(bytes: Uint8Array) {
  if (bytes.length === 0) return asText(bytes)
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const attaches = typeof json === 'object' && json !== null && 'attachment' in json
    return attaches ? 'unreadable' : asText(bytes)
  } catch {
    return 'unparseable'
  }
}

function asText(bytes: Uint8Array): Body {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return 'unreadable'
  }
}
