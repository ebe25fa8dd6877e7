import type { BotComparison } from '../../schemas.ts'
import { Heads } from '../parts.tsx'
import { nameOfField, valueInWords } from './names.ts'
import { GoByFile } from './standing.tsx'
import { Back } from './versions.tsx'

type Source = BotComparison['version']

export function BotVersionPage(comparison: BotComparison) {
  const { name, newest, version, goesBy, fields, instructions, words } = comparison
  const isSame = fields.length === 0 && instructions === null
  return (
    <>
      <p>
        <a href={`/bots/${name}`}>{name}</a>
      </p>
      <h1>
        {titleOf(version)} <span class="soft">beside {titleOf(comparison.with).toLowerCase()}</span>
      </h1>
      <div class="row">
        {version === goesBy && <span class="tag good">holds</span>}
        {version !== goesBy && version !== 'file' && (
          <Back name={name} newest={newest} to={version} />
        )}
        {version !== goesBy && version === 'file' && <GoByFile name={name} newest={newest} />}
      </div>
      {isSame && <p class="card">They say the same.</p>}
      {instructions !== null && <Prompt lines={instructions} />}
      {fields.length > 0 && <Fields fields={fields} />}
      <section class="card">
        <h2>All of {titleOf(version).toLowerCase()}</h2>
        <h3>Prompt</h3>
        <pre>{words.instructions}</pre>
        <dl class="pairs">
          {Object.entries(words)
            .filter(([field]) => field !== 'instructions')
            .map(([field, value]) => (
              <div>
                <dt>{nameOfField(field)}</dt>
                <dd>{valueInWords(value)}</dd>
              </div>
            ))}
        </dl>
      </section>
    </>
  )
}

const SAID = { same: '', gone: 'gone: ', new: 'new: ' }

function Prompt({ lines }: { lines: NonNullable<BotComparison['instructions']> }) {
  return (
    <section class="card">
      <h2>Prompt</h2>
      <ol class="lines">
        {lines.map(({ is, text }) => (
          <li class={is}>
            <span class="unseen">{SAID[is]}</span>
            {text || '\u00a0'}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Fields({ fields }: Pick<BotComparison, 'fields'>) {
  return (
    <section class="card scroll">
      <h2>Everything else</h2>
      <table>
        <Heads of={['What', 'Before', 'After']} />
        <tbody>
          {fields.map(({ name, before, after }) => (
            <tr>
              <th scope="row" class="name">
                {nameOfField(name)}
              </th>
              <td>{valueInWords(before)}</td>
              <td>{valueInWords(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function titleOf(source: Source) {
  return source === 'file' ? 'The file' : `Version ${source}`
}
