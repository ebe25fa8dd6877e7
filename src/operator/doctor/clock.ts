import { doubtful, type Finding, well } from './finding.ts'

/** Whoever is that far off tells people the wrong time, and takes old messages for new ones. */
const MOST_MS = 2 * 60_000

export function clockFinding(whose: string, theirs: number | null, ours: number): Finding[] {
  if (theirs === null) return []
  const apart = Math.round((theirs - ours) / 1_000)
  const about = `clock of ${whose}`
  if (Math.abs(apart) * 1_000 <= MOST_MS) return [well(about, 'It agrees with ours.')]
  const says = `It is ${Math.abs(apart)} seconds ${apart > 0 ? 'ahead of' : 'behind'} ours.`
  return [doubtful(about, says, 'Let both machines set their clocks by NTP.')]
}
