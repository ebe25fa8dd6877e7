import { expect, it } from 'vitest'

it('snap', async () => {
  await expect('hello\nworld\n').toMatchFileSnapshot('./day.md')
})
