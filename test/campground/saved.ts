import type { Message, StoredFile } from './messages.ts'
import type { Person } from './people.ts'
import type { Room } from './rooms.ts'

export interface Saved {
  people: Person[]
  rooms: Room[]
  messages: SavedMessage[]
  lastMessageId: number
  lastBoostId: number
}

export type SavedMessage = Omit<Message, 'file'> & { file: SavedFile | null }
type SavedFile = Omit<StoredFile, 'bytes'> & { base64: string }

export function savedMessage({ file, ...message }: Message): SavedMessage {
  if (!file) return { ...message, file: null }
  const { name, type, bytes } = file
  return { ...message, file: { name, type, base64: asBase64(bytes) } }
}

export function unsavedMessage({ file, ...message }: SavedMessage): Message {
  if (!file) return { ...message, file: null }
  const { name, type, base64 } = file
  return { ...message, file: { name, type, bytes: fromBase64(base64) } }
}

function fromBase64(base64: string) {
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))
}

function asBase64(bytes: Uint8Array) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
