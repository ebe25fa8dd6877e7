/**
 * As read on 20 November 2026. Cloudflare Workers Paid, in dollars: what a month includes, and each million beyond it.
 * https://developers.cloudflare.com/workers/platform/pricing/ and …/durable-objects/platform/pricing/
 */
const PLATFORM = {
  base: 5,
  workerRequests: { included: 10e6, perMillion: 0.3 },
  cpuMs: { included: 30e6, perMillion: 0.02 },
  objectRequests: { included: 1e6, perMillion: 0.15 },
  gbSeconds: { included: 400e3, perMillion: 12.5 },
  rowsRead: { included: 25e9, perMillion: 0.001 },
  rowsWritten: { included: 50e6, perMillion: 1 },
}
/** A gigabyte a month, beyond the first five. */
const STORAGE = { includedGb: 5, perGb: 0.2 }

/** The free plan, by day. Whatever is used up first is the most that it can take. */
export const FREE_A_DAY = {
  workerRequests: 100e3,
  objectRequests: 100e3,
  gbSeconds: 13e3,
  rowsRead: 5e6,
  rowsWritten: 100e3,
}

type Meter = Exclude<keyof typeof PLATFORM, 'base'>
export type Used = Record<Meter, number>

/** What one message to a bot uses. The rows are those that the tests count: test/room.test.ts, counts.test.ts. */
export function usedByMessage({ steps, seconds }: { steps: number; seconds: number }): Used {
  return {
    workerRequests: 1,
    cpuMs: 12,
    // The delivery, the alarm of the turn, a report to the account at the most, and the looks after it.
    objectRequests: 6,
    gbSeconds: (seconds + IDLE_SECONDS) * 0.128,
    rowsRead: 400,
    rowsWritten: 15 + 2 * (steps - 1) + LOOK_WRITES + REPORT_WRITES + LATER_WRITES,
  }
}

/** An object that has done its work stays for so long, and is billed until it can hibernate. */
const IDLE_SECONDS = 10
const LOOK_WRITES = 4
const REPORT_WRITES = 3
/** What is deleted when `archiveDays` have gone by: test/session/expiry.test.ts. */
const LATER_WRITES = 9

export function platformCost(used: Used, gigabytes: number) {
  const meters = Object.keys(used) as Meter[]
  const beyond = meters.reduce((sum, meter) => {
    const { included, perMillion } = PLATFORM[meter]
    return sum + (Math.max(0, used[meter] - included) / 1e6) * perMillion
  }, 0)
  return PLATFORM.base + beyond + Math.max(0, gigabytes - STORAGE.includedGb) * STORAGE.perGb
}
