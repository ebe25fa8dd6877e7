import { describe, expect, it } from 'vitest'
import { withWholeServerTools } from '../../src/prompt/server-tools.ts'
import { step } from '../support/steps.ts'

type Content = Extract<Parameters<typeof step>[0], object>

const text = (text: string) => ({ type: 'text' as const, text })
const search = (id: string) =>
  ({ type: 'server_tool_use', id, name: 'web_search', input: {} }) as Content[number]
const found = (id: string) =>
  ({ type: 'web_search_tool_result', tool_use_id: id, content: [] }) as Content[number]
const thought = { type: 'thinking' as const, thinking: '', signature: 's' }

describe('of the tools of the API', () => {
  it.each<[string, Content[], Content[]]>([
    ['what was found stays', [[search('a'), found('a')]], [[search('a'), found('a')]]],
    ['also in a later answer', [[search('a')], [found('a')]], [[search('a')], [found('a')]]],
    [
      'what was never found goes',
      [[text('1'), search('a')], [text('2')]],
      [[text('1')], [text('2')]],
    ],
    ['what was never sought goes', [[found('a'), text('1')]], [[text('1')]]],
    ['or was sought after it', [[found('a'), search('a')]], [[]]],
    [
      'what is sought twice is sought once',
      [[search('a'), found('a'), search('a')]],
      [[search('a'), found('a')]],
    ],
    ['and what was thought beside goes too', [[thought, search('a'), text('1')]], [[text('1')]]],
    ['but not elsewhere', [[thought, text('1')], [search('a')]], [[thought, text('1')], []]],
  ])('%s', (_, contents, whole) => {
    const steps = contents.map((content) => step(content))
    expect(withWholeServerTools(steps, false).map(({ content }) => content)).toEqual(whole)
  })

  it('what the last answer waits for stays while nothing stands behind it', () => {
    const steps = [step([search('a')]), step([thought, search('b')])]
    const whole = withWholeServerTools(steps, true).map(({ content }) => content)
    expect(whole).toEqual([[], [thought, search('b')]])
  })
})
