/** All that a migration may say: an older Worker has to read and write what it leaves behind. */
const MAY_SAY = [
  /^CREATE TABLE (IF NOT EXISTS )?\w+ \(.+\)( WITHOUT ROWID)?$/,
  /^CREATE VIRTUAL TABLE \w+ USING fts5\(.+\)$/,
  /^CREATE INDEX \w+ ON \w+ \([\w, ]+\)( WHERE .+)?$/,
  /^ALTER TABLE \w+ ADD COLUMN \w+ (INTEGER|TEXT|REAL|BLOB)(( NOT NULL)? DEFAULT ('[^']*'|-?\d+))?$/,
]

/** What of a migration is against the rule at the head of schema.ts. */
export function forbiddenIn(migration: string) {
  return statementsIn(migration).filter((said) => !MAY_SAY.some((may) => may.test(said)))
}

/** Told from any other by the first of its digest. White space says nothing. */
export async function digestOf(migration: string) {
  const bytes = new TextEncoder().encode(plain(migration))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest.slice(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function statementsIn(migration: string) {
  return migration.split(';').map(plain).filter(Boolean)
}

function plain(sql: string) {
  return sql.replace(/\s+/g, ' ').trim()
}
