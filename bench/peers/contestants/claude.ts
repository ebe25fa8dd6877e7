import { join, resolve } from 'node:path'
import type { Contestant, Place, Running } from '../contestant.ts'
import { lead, told } from '../leader.ts'
import { versionOf } from '../versions.ts'

const SDK = '@anthropic-ai/claude-agent-sdk'
const ROOMS = 4

export const kept = client('kept', 'Claude Agent SDK, a kept-alive client for each room')
export const fresh = client('fresh', 'Claude Agent SDK, a fresh client with resume')

function client(kind: 'kept' | 'fresh', name: string): Contestant {
  const what = `${SDK} ${versionOf(SDK)}`
  const start = (place: Place) => serve(kind, place)
  return { id: kind, name, what, rooms: ROOMS, kind, start, startCounted: null }
}

async function serve(mode: string, place: Place): Promise<Running> {
  const home = resolve(place.home)
  const { child, pid, kill } = lead([join(import.meta.dirname, '../claude/bot.ts')], {
    home,
    env: {
      PORT: `${place.port}`,
      MODE: mode,
      CAMPFIRE_URL: place.campfire,
      ANTHROPIC_API_KEY: 'sk-test',
      ANTHROPIC_BASE_URL: place.model,
      CLAUDE_CONFIG_DIR: join(home, 'claude'),
      ...QUIET,
      ...place.env,
    },
  })
  await told(child)
  return { pid, kill, evict: () => Promise.reject(new Error('There is no object')) }
}

/** It talks to the stand-in and to nobody else, and keeps to the one call that a turn needs. */
const QUIET = {
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  CLAUDE_CODE_DISABLE_TERMINAL_TITLE: '1',
  CLAUDE_CODE_ENABLE_PROMPT_SUGGESTION: 'false',
  CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1',
  CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
  DISABLE_AUTOUPDATER: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_BUG_COMMAND: '1',
  DISABLE_COST_WARNINGS: '1',
}
