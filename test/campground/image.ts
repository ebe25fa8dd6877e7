import type { StoredFile } from './messages.ts'

const BEGINNINGS: Record<string, RegExp> = {
  'image/png': /^89504e470d0a1a0a/,
  'image/jpeg': /^ffd8ff/,
  'image/gif': /^47494638/,
  'image/webp': /^52494646.{8}57454250/,
}

/** A picture whose preview Campfire cannot make: it is saved, and then the request dies. */
export function isBrokenImage({ type, bytes }: StoredFile) {
  return BEGINNINGS[type]?.test(hex(bytes.slice(0, 12))) === false
}

function hex(bytes: Uint8Array) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
