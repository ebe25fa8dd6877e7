import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, startOf, wrangler } from '../build.ts'
import { atMost, type Bench, type Finding } from '../figure.ts'
import { short } from '../statistics.ts'

/** What has to be loaded before anything runs. */
export const start = {
  name: 'start',
  title: 'Start: the size of what is loaded, and how long that takes',
  async measure({ source, home }: Bench): Promise<Finding[]> {
    const start = startOf(await build(source, join(home, 'minified'), '--minify'))
    const kib = start.reduce((sum, code) => sum + gzipSync(code).length, 0) / 1_024
    const out = join(home, 'startup.cpuprofile')
    await wrangler(['check', 'startup', '--args=--minify', '--outfile', out], source)
    const { whole, active } = timesIn(readFileSync(out, 'utf8'))
    return [
      atMost('what every start waits for, minified, gzip', kib, 250, {
        unit: ' KiB',
        numbers: { bytes: start.reduce((sum, { length }) => sum + length, 0) },
      }),
      // Cloudflare refuses a Worker whose top level takes longer than that.
      atMost('wrangler check startup: work', active, 1_000, {
        unit: ' ms',
        found: `${short(active)} ms of ${short(whole)} ms`,
      }),
    ]
  },
}

interface Profile {
  nodes: { id: number; callFrame: { functionName: string } }[]
  samples: number[]
  timeDeltas: number[]
  startTime: number
  endTime: number
}

/** In ms: how long the profile is, and how much of it was not idle. */
function timesIn(json: string) {
  const { nodes, samples, timeDeltas, startTime, endTime } = JSON.parse(json) as Profile
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]))
  const active = samples.reduce((sum, id, index) => {
    const isIdle = /^\((idle|program|root)\)$/.test(names.get(id) ?? '')
    return isIdle ? sum : sum + (timeDeltas[index] ?? 0)
  }, 0)
  return { whole: (endTime - startTime) / 1_000, active: active / 1_000 }
}
