import type { BotView } from '../../schemas.ts'
import { Moment } from '../place.tsx'
import { whoIs } from '../words.ts'
import { namesOf } from './names.ts'
import { GoByFile } from './standing.tsx'

type Version = BotView['versions'][number]

export function Versions({
  name,
  newest,
  goesBy,
  versions,
  more,
}: Pick<BotView, 'name' | 'newest' | 'goesBy' | 'versions' | 'more'>) {
  return (
    <section class="card scroll">
      <h2>Versions</h2>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Saved</th>
            <th scope="col">By</th>
            <th scope="col">What changed</th>
            <th scope="col">
              <span class="unseen">Go back</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr>
              <th scope="row">
                <a href={`/bots/${name}/versions/${version.number}`}>Version {version.number}</a>{' '}
                {version.number === newest && <span class="tag good">holds</span>}
              </th>
              <td>
                <Moment at={version.at} />
              </td>
              <td>{whoIs(version.who)}</td>
              <td>{changesOf(version)}</td>
              <td>
                {version.number !== newest && !version.isFile && (
                  <Back name={name} newest={newest} to={version.number} />
                )}
              </td>
            </tr>
          ))}
          {!more && (
            <tr>
              <th scope="row">
                <a href={`/bots/${name}/versions/file`}>The file</a>{' '}
                {goesBy === 'file' && <span class="tag good">holds</span>}
              </th>
              <td colspan={3} class="soft">
                in src/bots, as it was deployed last
              </td>
              <td>{goesBy !== 'file' && <GoByFile name={name} newest={newest} />}</td>
            </tr>
          )}
        </tbody>
      </table>
      {more && (
        <p>
          <a href={`/bots/${name}?before=${versions.at(-1)?.number}`}>Older versions</a>
        </p>
      )}
    </section>
  )
}

function changesOf({ isFile, again, changes }: Version) {
  if (isFile) return 'By the file again'
  const what = changes.length ? namesOf(changes) : 'nothing'
  return again === null ? what : `Back to version ${again}: ${what}`
}

export function Back({ name, newest, to }: { name: string; newest: number; to: number }) {
  return (
    <form method="post" action={`/bots/${name}/version`}>
      <input type="hidden" name="_method" value="PATCH" />
      <input type="hidden" name="from:number" value={newest} />
      <input type="hidden" name="number:number" value={to} />
      <button type="submit" class="quiet">
        Go back to {to}
      </button>
    </form>
  )
}
