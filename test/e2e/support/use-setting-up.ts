import { afterEach, beforeEach, expect } from 'vitest'
import type { Dialect } from '../../campground/dialect.ts'
import { API_KEY, SettingUp } from './setting-up.ts'

/** Of the test that is running. */
export let here: SettingUp

export function useSettingUp(dialect: Dialect) {
  beforeEach(async () => {
    here = await SettingUp.begin(dialect)
  })
  afterEach(async () => await here.end())
}

/** Nothing of it may ever be seen: terminals are shown to others, and kept in logs. */
export function expectNothingSecret(printed: string) {
  const { ADMIN_TOKEN = '?', WEBHOOK_SECRET } = here.kept()
  const secrets = [here.assistant.key, here.analyst.key, API_KEY, 'sk-wrong', ADMIN_TOKEN]
  for (const secret of [...secrets, ...(WEBHOOK_SECRET ? [WEBHOOK_SECRET] : [])]) {
    expect(printed).not.toContain(secret)
  }
}
