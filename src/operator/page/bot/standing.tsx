import type { BotView } from '../../schemas.ts'
import { namesOf } from './names.ts'

/** What the bot goes by, and where that and its file are at odds. */
export function Standing({
  name,
  newest,
  goesBy,
  differs,
  fileChanged,
  problem,
  reached,
}: Pick<
  BotView,
  'name' | 'newest' | 'goesBy' | 'differs' | 'fileChanged' | 'problem' | 'reached'
>) {
  const compare = `/bots/${name}/versions/${goesBy}?with=file`
  return (
    <>
      {problem !== null && (
        <p class="problem" role="alert">
          Part of version {goesBy} is no longer there. {problem}
        </p>
      )}
      {fileChanged.length > 0 && (
        <div class="problem" role="alert">
          <p>
            <strong>The page and the last deploy disagree.</strong> A deploy has changed the{' '}
            {namesOf(fileChanged)} in the file of {name} since version {goesBy} was saved. Version{' '}
            {goesBy} stays in use until you change it.
          </p>
          <div class="row">
            <a class="button quiet" href={compare}>
              Compare them
            </a>
            <GoByFile name={name} newest={newest} />
          </div>
        </div>
      )}
      {goesBy !== 'file' && fileChanged.length === 0 && (
        <p class="soft">
          {differs.length ? (
            <>
              The {namesOf(differs)} {differs.length > 1 ? 'are' : 'is'} not as in its file:{' '}
              <a href={compare}>compare them</a>.
            </>
          ) : (
            'That says the same as its file.'
          )}
        </p>
      )}
      {reached !== null && reached.told < reached.rooms && (
        <p class="soft">
          {reached.told} of {reached.rooms} rooms have heard of it so far; the others hear of it in
          a moment, or when they wake.
        </p>
      )}
    </>
  )
}

export function GoesBy({ goesBy }: Pick<BotView, 'goesBy'>) {
  if (goesBy === 'file') return <span class="tag soft">as its file says</span>
  return <span class="tag">version {goesBy}</span>
}

export function GoByFile({ name, newest }: { name: string; newest: number }) {
  return (
    <form
      method="post"
      action={`/bots/${name}/version`}
      data-confirm={`Take ${name} back to its file? Its versions stay here.`}
    >
      <input type="hidden" name="_method" value="DELETE" />
      <input type="hidden" name="from:number" value={newest} />
      <button type="submit" class="quiet">
        Go by the file again
      </button>
    </form>
  )
}
