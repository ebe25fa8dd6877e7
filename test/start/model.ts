import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { serveRehearsal } from '../rehearsal/serve.ts'

type Vars = Record<string, string | undefined>

/** Claude where there is a key, in the first place that has one; else the rehearsal. */
export async function chooseModel(places: Vars[], { rehearse = false } = {}) {
  const place = places.find(({ ANTHROPIC_API_KEY: key }) => key)
  if (!place || rehearse) return await rehearsal(place !== undefined)

  const { ANTHROPIC_API_KEY = '', ANTHROPIC_BASE_URL = '' } = place
  const where = ANTHROPIC_BASE_URL ? ` at ${hostOf(ANTHROPIC_BASE_URL)}` : ''
  return { name: `Claude${where}`, advice: null, vars: { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL } }
}

export function devVars(): Vars {
  return existsSync('.dev.vars') ? parseEnv(readFileSync('.dev.vars', 'utf8')) : {}
}

async function rehearsal(asked: boolean) {
  const { url } = await serveRehearsal()
  return {
    name: 'a rehearsal: it looks real, but it only knows what you tell it',
    advice: asked ? 'For real answers start without --rehearsal.' : GET_A_KEY,
    vars: { ANTHROPIC_API_KEY: 'rehearsal', ANTHROPIC_BASE_URL: url },
  }
}

const GET_A_KEY = 'For real answers put ANTHROPIC_API_KEY=sk-ant-… into .dev.vars and start again.'

/** A gateway's address may hold a secret in its path. */
function hostOf(url: string) {
  return URL.canParse(url) ? new URL(url).host : 'an address that is none'
}
