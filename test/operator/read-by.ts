import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

/** How many rows of the account are read meanwhile. */
export async function readBy(work: () => Promise<unknown>) {
  const account = env.ACCOUNTS.getByName('https://chat.example.com')
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = []
  await runInDurableObject(account, (_, { storage }) => {
    const exec = storage.sql.exec.bind(storage.sql)
    storage.sql.exec = (query, ...bindings) => {
      const cursor = exec(query, ...bindings)
      cursors.push(cursor)
      return cursor as never
    }
  })
  await work()
  return await runInDurableObject(account, () =>
    cursors.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
  )
}
