import * as z from 'zod'
import { withDeadline } from '../clock.ts'
import { type Access, clientOf, loadSdk } from './client.ts'

/** By its older name, which the API still takes, so that whoever stands between knows it as well. */
export const FILES_BETA = 'files-api-2025-04-14'
const BETA = { 'anthropic-beta': FILES_BETA }

/** A part of this comes to rest in memory whole, and once more while it is posted. */
export const MOST_BYTES_FETCHED = 8_000_000
/** A file that comes drop by drop is not waited for. */
const LONGEST = 30_000
/** A name that goes into an address. */
const Id = z.string().regex(/^[\w-]{1,128}$/)

/** As much of it as we look at. */
const Facts = z.object({ filename: z.string(), size_bytes: z.int().nonnegative() })

interface Asking extends Access {
  /** A stop, or the end of the time that there is. */
  signal: AbortSignal
}

export interface FileFacts {
  name: string
  bytes: number
}

/** `gone`: it is not there, or not for us. `away`: nobody could say, and it may be had later. */
export type FileTrouble = 'gone' | 'large' | 'away'

export interface ToUpload {
  name: string
  type: string
  bytes: number
  read(from: number, to: number): Uint8Array
}

/** `none`: there is nobody here who takes files at all. */
type UploadTrouble = 'none' | 'refused' | 'away'

/** So much of it is in memory at a time. */
const PIECE = 1_000_000
const LONGEST_UPLOAD = 90_000
/** Then the API deletes it by itself: the least that a session and a yes in it need, and what a death has lost ends. */
const KEPT_SECONDS = 30 * 86_400

const Uploaded = z.object({ id: Id, expires_at: z.iso.datetime({ offset: true }).nullish() })

/** The files that the API keeps beside its messages: what its code has made, and what is handed to it. */
export class ModelFiles {
  #access: Access
  #signal: AbortSignal

  constructor({ signal, ...access }: Asking) {
    this.#signal = signal
    this.#access = access
  }

  async #client() {
    return clientOf(await loadSdk(), this.#access)
  }

  async facts(id: string): Promise<FileFacts | FileTrouble> {
    return await this.#ask(id, '', async (answer) => {
      const told = Facts.safeParse(await answer.json().catch(() => null))
      if (!told.success) return 'away'
      const { filename: name, size_bytes: bytes } = told.data
      return bytes > MOST_BYTES_FETCHED ? 'large' : { name, bytes }
    })
  }

  /** All of it, where it is as long as it was said to be. */
  async download(id: string, { bytes }: FileFacts): Promise<Uint8Array | FileTrouble> {
    return await this.#ask(id, '/content', async ({ body }) => {
      const whole = new Uint8Array(Math.min(bytes, MOST_BYTES_FETCHED))
      let at = 0
      for await (const piece of body ?? []) {
        if (at + piece.length > whole.length) return 'large'
        whole.set(piece, at)
        at += piece.length
      }
      return at === bytes ? whole : 'away'
    })
  }

  /** Sent as it is read, and never whole in memory. */
  async upload(
    file: ToUpload,
    now: number,
  ): Promise<{ id: string; until: number } | UploadTrouble> {
    const { body, boundary, send } = formOf(file)
    const over = new AbortController()
    const sent = send(over.signal)
    try {
      return await withDeadline(LONGEST_UPLOAD, async (deadline) => {
        const signal = AbortSignal.any([this.#signal, deadline])
        const type = `multipart/form-data; boundary=${boundary}`
        const options = { body, headers: { ...BETA, 'content-type': type }, signal }
        const client = await this.#client()
        const answer = await client.post('/v1/files', options).asResponse()
        const told = Uploaded.safeParse(await answer.json().catch(() => null))
        if (!told.success) return 'none'
        const { id, expires_at } = told.data
        return { id, until: expires_at ? Date.parse(expires_at) : now + KEPT_SECONDS * 1_000 }
      })
    } catch (error) {
      return await uploadTroubleIn(error)
    } finally {
      // Whoever answers before all of it has come needs no more of it.
      over.abort()
      await sent
    }
  }

  /** Null: it is not there any more. */
  async remove(id: string): Promise<'refused' | 'away' | null> {
    if (!Id.safeParse(id).success) return null
    try {
      await withDeadline(LONGEST, async (signal) => {
        const client = await this.#client()
        const options = { headers: BETA, signal }
        const answer = await client.delete(`/v1/files/${id}`, options).asResponse()
        await answer.body?.cancel()
      })
      return null
    } catch (error) {
      if ((await statusOf(error)) === 404) return null
      return (await troubleIn(error)) === 'gone' ? 'refused' : 'away'
    }
  }

  async #ask<T>(id: string, part: string, read: (answer: Response) => Promise<T | FileTrouble>) {
    if (!Id.safeParse(id).success) return 'gone'
    try {
      return await withDeadline(LONGEST, async (deadline) => {
        const signal = AbortSignal.any([this.#signal, deadline])
        const options = { headers: BETA, signal }
        const client = await this.#client()
        return await read(await client.get(`/v1/files/${id}${part}`, options).asResponse())
      })
    } catch (error) {
      return await troubleIn(error)
    }
  }
}

/** A form of one file, and how long it is: nobody has to hold it for that. */
function formOf({ name, type, bytes, read }: ToUpload) {
  const boundary = `firekeeper-${crypto.randomUUID()}`
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="expires_in_seconds"',
    '',
    KEPT_SECONDS,
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${fileName(name)}"`,
    `Content-Type: ${type}`,
    '',
    '',
  ]
  const [start, end] = [head.join('\r\n'), `\r\n--${boundary}--\r\n`].map((text) =>
    new TextEncoder().encode(text),
  ) as [Uint8Array, Uint8Array]
  let at = 0
  const whole = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(start),
    pull(controller) {
      const piece = read(at, Math.min(at + PIECE, bytes))
      at += piece.length
      if (piece.length) return controller.enqueue(piece)
      controller.enqueue(end)
      controller.close()
    },
  })
  const { readable, writable } = new FixedLengthStream(start.length + bytes + end.length)
  const send = async (signal: AbortSignal) => {
    await whole.pipeTo(writable, { signal }).catch(() => {})
  }
  return { boundary, body: readable, send }
}

/** As the API takes it. */
function fileName(name: string) {
  const bare = name.toWellFormed().replace(/[<>:"|?*\\/\x00-\x1f\x7f]/g, '-')
  return [...bare].slice(0, 100).join('') || 'file'
}

async function uploadTroubleIn(error: unknown): Promise<UploadTrouble> {
  if ([404, 405, 415, 501].includes(await statusOf(error))) return 'none'
  return (await troubleIn(error)) === 'gone' ? 'refused' : 'away'
}

async function statusOf(error: unknown) {
  const { APIError } = await loadSdk()
  return error instanceof APIError ? Number(error.status ?? 0) : 0
}

async function troubleIn(error: unknown): Promise<FileTrouble> {
  const status = await statusOf(error)
  const isOver = status >= 400 && status < 500 && ![408, 409, 425, 429].includes(status)
  return isOver ? 'gone' : 'away'
}
