import { type Body, failure } from '../sse.ts'
import { blocksOf } from './refusal.ts'

interface Kept {
  name: string
  bytes: Uint8Array
  /** Only what tools have made can be fetched. */
  made: boolean
}

const BETA = 'files-api-2025-04-14'

/** Stands in for the Files API at the network, and takes nothing that the real one would not take. */
export class ScriptedFiles {
  /** What was asked, in order, as "get file_1/content". */
  readonly asked: string[] = []
  readonly kept = new Map<string, Kept>()
  /** Answers in place of it, once for each. */
  readonly troubles: (Response | Error)[] = []
  /** A gateway that has no such thing. */
  isThere = true
  mostBytes = 500_000_000
  #ids = 0

  /** What code has left there. */
  made(name: string, bytes: Uint8Array | string) {
    return this.#keep({ name, bytes: asBytes(bytes), made: true })
  }

  handle = async (request: Request): Promise<Response> => {
    const [, id = '', part] =
      /\/v1\/files(?:\/([^/]+))?(?:\/(content))?$/.exec(pathOf(request)) ?? []
    this.asked.push(
      `${request.method.toLowerCase()} ${[id, part].filter(Boolean).join('/')}`.trim(),
    )
    const trouble = this.troubles.shift()
    if (trouble instanceof Error) throw trouble
    if (trouble) return trouble
    if (!this.isThere) return new Response('404 page not found', { status: 404 })
    const headers = request.headers
    if (!headers.get('x-api-key') && !headers.get('authorization')) return failure(401)
    if (!headers.get('anthropic-beta')?.split(',').includes(BETA))
      return failure(400, { message: `This API requires the beta header ${BETA}` })
    if (!id) return request.method === 'POST' ? await this.#upload(request) : failure(405)
    const file = this.kept.get(id)
    if (!file) return failure(404, { message: `File not found: ${id}` })
    if (request.method === 'DELETE') {
      this.kept.delete(id)
      return Response.json({ id, type: 'file_deleted' })
    }
    if (part !== 'content') return Response.json(factsOf(id, file))
    if (!file.made) return failure(400, { message: 'This file is not downloadable' })
    return new Response(file.bytes.slice())
  }

  /** Why a request that names files is refused, as the API would. */
  refusalOf(body: Body, headers: Headers): Response | null {
    const blocks = body.messages.flatMap(({ content }) => blocksOf(content))
    const named = blocks.flatMap((block) => {
      const source = block.source as { type?: string; file_id?: string } | undefined
      const isNamed = block.type === 'container_upload' || source?.type === 'file'
      return isNamed ? [String(block.file_id ?? source?.file_id)] : []
    })
    if (!named.length) return null
    if (!this.isThere) {
      const message =
        "messages.0.content.1: Input tag 'container_upload' found using 'type' does not match any of the expected tags: 'text'"
      return failure(400, { message })
    }
    if (!headers.get('anthropic-beta')?.split(',').includes(BETA))
      return failure(400, { message: `This request requires the beta header ${BETA}` })
    const lost = named.find((id) => !this.kept.has(id))
    if (lost) return failure(404, { message: `File not found: ${lost}` })
    const hasCode = body.tools?.some(({ type }) => type?.startsWith('code_execution'))
    const isForCode = blocks.some(({ type }) => type === 'container_upload')
    if (isForCode && !hasCode)
      return failure(400, { message: 'container_upload: code_execution is not among the tools' })
    return null
  }

  async #upload(request: Request) {
    const form = await request.formData().catch(() => null)
    const file = form?.get('file')
    if (!(file instanceof File)) return failure(400, { message: 'file: Field required' })
    const strange = [...(form?.keys() ?? [])].find((name) => !FIELDS.has(name))
    if (strange) return failure(400, { message: `${strange}: Extra inputs are not permitted` })
    const expires = form?.get('expires_in_seconds')
    if (expires && !(Number(expires) >= 3_600 && Number(expires) <= 7_776_000))
      return failure(400, { message: 'expires_in_seconds: out of range' })
    const bytes = new Uint8Array(await file.arrayBuffer())
    if (!bytes.length) return failure(400, { message: 'file: must not be empty' })
    if (bytes.length > this.mostBytes) return failure(413, { message: 'File too large' })
    if (!/^[^<>:"|?*\\/\0-\x1f]{1,255}$/.test(file.name))
      return failure(400, { message: 'filename: invalid' })
    const id = this.#keep({ name: file.name, bytes, made: false })
    return Response.json(factsOf(id, { name: file.name, bytes, made: false }))
  }

  #keep(file: Kept) {
    const id = `file_0${++this.#ids}`
    this.kept.set(id, file)
    return id
  }
}

const FIELDS = new Set(['file', 'expires_in_seconds'])

function factsOf(id: string, { name, bytes, made }: Kept) {
  return {
    id,
    type: 'file',
    filename: name,
    mime_type: 'application/octet-stream',
    size_bytes: bytes.length,
    created_at: '2026-11-29T10:00:00Z',
    downloadable: made,
  }
}

function asBytes(bytes: Uint8Array | string) {
  return typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
}

function pathOf({ url }: Request) {
  return new URL(url).pathname
}
