const bills: Record<string, () => number> = {}

/**
 * Counts what a class of objects would be billed for: rows and index entries as workerd counts them,
 * alarms, and what goes in by the key-value side of the storage, a row for each key.
 */
export function billed(name: string, { storage }: DurableObjectState) {
  const before = bills[name] ?? (() => 0)
  const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = []
  let other = 0
  bills[name] = () => cursors.reduce((sum, one) => sum + one.rowsWritten, before() + other)

  const exec = storage.sql.exec.bind(storage.sql)
  storage.sql.exec = (query, ...bindings) => {
    const cursor = exec(query, ...bindings)
    cursors.push(cursor)
    return cursor as never
  }
  count(storage, 'setAlarm', () => 1)
  count(storage, 'put', (key) => (typeof key === 'string' ? 1 : Object.keys(Object(key)).length))
  count(storage, 'delete', (keys) => (Array.isArray(keys) ? keys.length : 1))
  count(storage.kv, 'put', () => 1)
  count(storage.kv, 'delete', () => 1)

  function count<Of extends object>(
    of: Of,
    name: keyof Of & string,
    rows: (given: unknown) => number,
  ) {
    const does = of[name] as (...given: unknown[]) => unknown
    Object.defineProperty(of, name, {
      value: (...given: unknown[]) => {
        other += rows(given[0])
        return does.apply(of, given)
      },
    })
  }
}

/** The objects live in the same isolate: what they have written is told without asking them. */
export function written<Given extends unknown[]>(worker: {
  fetch(request: Request, ...given: Given): Response | Promise<Response>
}) {
  return {
    fetch(request: Request, ...given: Given) {
      if (new URL(request.url).pathname !== '/written') return worker.fetch(request, ...given)
      const all = Object.entries(bills).map(([name, bill]) => [name, bill()])
      return Response.json(Object.fromEntries(all))
    },
  }
}
