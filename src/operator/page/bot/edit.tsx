import type { BotView } from '../../schemas.ts'
import { nameOfField } from './names.ts'

/** What could not be saved as it was sent, so that nobody has to write it again. */
export interface Attempt {
  changes: Record<string, unknown>
  problems: { field: string; says: string }[]
}

interface Props {
  bot: BotView
  attempt: Attempt | null
}

export function Edit({ bot, attempt }: Props) {
  const { name, newest, tools, models } = bot
  const now = { ...bot.words, ...attempt?.changes }
  const chosen = Array.isArray(now.tools) ? now.tools : bot.words.tools
  // Those that it has come first, in the order in which it reads them.
  const listed = [...bot.words.tools, ...tools.map((tool) => tool.name)].filter(isFirst)
  return (
    <section class="card">
      <h2>Change it</h2>
      <form method="post" action={`/bots/${name}`}>
        <input type="hidden" name="_method" value="PATCH" />
        <input type="hidden" name="from:number" value={newest} />
        <Problems attempt={attempt} />
        <label for="instructions">
          Prompt <span class="soft">who it is and how it speaks</span>
        </label>
        <textarea id="instructions" name="instructions" required maxlength={50_000} rows={12}>
          {now.instructions}
        </textarea>
        <div class="fields">
          <Field name="model" value={now.model} list="models" required />
          <Field name="fallbackModel" value={now.fallbackModel} list="models" />
          <Choice
            name="effort"
            value={now.effort}
            among={['low', 'medium', 'high', 'xhigh', 'max']}
          />
          <Choice name="thinking" value={now.thinking} among={['adaptive']} />
          <Amount name="maxTokens" unit="in tokens" value={now.maxTokens} />
        </div>
        <datalist id="models">
          {models.map((model) => (
            <option value={model} />
          ))}
        </datalist>
        <fieldset>
          <legend>Tools</legend>
          <input type="hidden" name="tools:list" value="" />
          {listed.map((tool) => (
            <label class="check">
              <input
                type="checkbox"
                name="tools:list"
                value={tool}
                checked={chosen.includes(tool)}
              />
              {tool}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>Limits of a turn</legend>
          <div class="fields">
            <Amount
              name="limits.steps"
              unit="calls of the model"
              value={limitOf(now.limits, 'steps')}
            />
            <Amount name="limits.minutes" value={limitOf(now.limits, 'minutes')} />
            <Amount
              name="limits.outputTokens"
              unit="in tokens"
              value={limitOf(now.limits, 'outputTokens')}
            />
          </div>
        </fieldset>
        <div class="row end">
          <button type="submit">Save as a new version</button>
          <span class="soft">
            It holds from the next turn on, in every room. What it is at now, it ends as it began.
          </span>
        </div>
      </form>
    </section>
  )

  function limitOf(limits: unknown, which: keyof BotView['words']['limits']) {
    const sent = typeof limits === 'object' && limits !== null ? Reflect.get(limits, which) : null
    return sent ?? bot.words.limits[which]
  }
}

function Problems({ attempt }: Pick<Props, 'attempt'>) {
  if (!attempt) return null
  return (
    <div class="problem" role="alert">
      <p>Nothing was saved, and what you wrote is still here.</p>
      <ul class="bare">
        {attempt.problems.map(({ field, says }) => (
          <li>{field ? `${nameOfField(field)}: ${says}` : says}</li>
        ))}
      </ul>
    </div>
  )
}

interface Input {
  name: string
  value: unknown
}

function Field({ name, value, list, required }: Input & { list: string; required?: boolean }) {
  return (
    <div>
      <Label name={name} />
      <input id={name} name={name} value={textOf(value)} list={list} required={required} />
    </div>
  )
}

function Amount({ name, value, unit }: Input & { unit?: string }) {
  return (
    <div>
      <Label name={name} {...(unit && { unit })} />
      <input
        id={name}
        name={`${name}:number`}
        type="number"
        step="any"
        min={0}
        required
        value={textOf(value)}
      />
    </div>
  )
}

function Choice({ name, value, among }: Input & { among: string[] }) {
  return (
    <div>
      <Label name={name} />
      <select id={name} name={name}>
        <option value="">as the model has it</option>
        {among.map((one) => (
          <option value={one} selected={one === value}>
            {one}
          </option>
        ))}
      </select>
    </div>
  )
}

function Label({ name, unit }: { name: string; unit?: string }) {
  const [first = '', ...rest] = nameOfField(name.replace('limits.', '')).replace(
    'outputTokens',
    'output',
  )
  return (
    <label for={name}>
      {first.toUpperCase() + rest.join('')} {unit && <span class="soft">{unit}</span>}
    </label>
  )
}

function textOf(value: unknown) {
  return value === null || value === undefined ? '' : String(value)
}

function isFirst(name: string, at: number, all: string[]) {
  return all.indexOf(name) === at
}
