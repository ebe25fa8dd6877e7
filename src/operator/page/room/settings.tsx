import type { Child } from 'hono/jsx'
import { markOf } from '../../../tables/room/settings.ts'
import type { RoomView } from '../../schemas.ts'

type Settings = NonNullable<RoomView['settings']>

/** What is empty goes by the bot: by its file, or by the version that holds. */
export function SettingsForm({ settings, here, room }: RoomView & { here: string }) {
  if (!settings) return null
  const { set } = settings
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">Settings here</h2>
      <form method="post" action={`${here}/settings`}>
        <input type="hidden" name="_method" value="PATCH" />
        <input type="hidden" name="from" value={markOf(set)} />
        <div class="room-fields">
          <Choice
            name="speaks"
            label="When it speaks"
            value={set.speaks}
            now={speaksNow(settings)}
            options={[
              ['mentioned', 'When it is mentioned'],
              ['always', 'To everything that is said'],
            ]}
          />
          <Choice
            name="reply"
            label="Its answer"
            value={set.reply}
            now={settings.reply}
            options={[
              ['grow', 'Appears early, and grows'],
              ['whole', 'Posted when it is finished'],
            ]}
          />
          <Choice
            name="index"
            label="What it may find"
            value={set.index}
            now={settings.index}
            options={[
              ['on', 'All that was said in the room'],
              ['off', 'Only what was said to it'],
            ]}
          />
          <Field name="model" label="Model" value={set.model} now={settings.model} />
          <Field
            name="ttlMinutes:number"
            label="Forget after (minutes of silence)"
            value={set.ttlMinutes}
            now={settings.ttlMinutes}
            type="number"
          />
          <Field
            name="maxSteps:number"
            label="Calls of the model in a turn, at most"
            value={set.maxSteps}
            now={settings.limits.steps}
            type="number"
          />
          <Field
            name="maxMinutes:number"
            label="Minutes for a turn, at most"
            value={set.maxMinutes}
            now={settings.limits.minutes}
            type="number"
          />
        </div>
        <p class="hint">
          An empty field uses the bot's default. What may be spent here is set under{' '}
          <a href="/costs">Costs</a>, as <code>room:{room}</code>.
        </p>
        <p>
          <button type="submit">Save</button>
        </p>
      </form>
    </section>
  )
}

/** The file of a bot may say one thing for rooms and another for directs. */
function speaksNow({ speaks: { inRooms, inDirects } }: Settings) {
  return inRooms === inDirects
    ? inRooms
    : `in rooms ${WHEN[inRooms]}, in directs ${WHEN[inDirects]}`
}

const WHEN = { mentioned: 'when mentioned', always: 'always' }

interface ChoiceProps {
  name: keyof Settings['set']
  label: string
  value: string | null | undefined
  options: [string, string][]
  /** What holds now. */
  now: string
}

function Choice({ name, label, value, options, now }: ChoiceProps) {
  return (
    <Setting id={name} label={label} now={options.find(([option]) => option === now)?.[1] ?? now}>
      <select id={name} name={name} aria-describedby={`${name}-now`}>
        <option value="" selected={!value}>
          As the bot has it
        </option>
        {options.map(([option, says]) => (
          <option value={option} selected={option === value}>
            {says}
          </option>
        ))}
      </select>
    </Setting>
  )
}

interface FieldProps {
  name: string
  label: string
  value: string | number | null | undefined
  /** What holds now. */
  now: string | number
  type?: 'text' | 'number'
}

function Field({ name, label, value, now, type = 'text' }: FieldProps) {
  const [id = ''] = name.split(':')
  return (
    <Setting id={id} label={label} now={now}>
      <input
        id={id}
        name={name}
        type={type}
        value={value ?? ''}
        {...(type === 'number' ? { min: 1, step: 'any' } : { maxlength: 100 })}
        aria-describedby={`${id}-now`}
      />
    </Setting>
  )
}

interface SettingProps {
  id: string
  label: string
  /** What holds now. */
  now: string | number
  children: Child
}

function Setting({ id, label, now, children }: SettingProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      {children}
      <p class="hint" id={`${id}-now`}>
        Now: {now}
      </p>
    </div>
  )
}
