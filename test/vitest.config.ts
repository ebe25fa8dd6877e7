import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { loadedAtOnce } from './support/at-once.ts'
import { compileOnce } from './support/compile-once.ts'
import { keepInMemory } from './support/in-memory.ts'
import { LongestFirst } from './support/longest-first.ts'

keepInMemory()
compileOnce()

/** See `support/extent.ts`. */
const extent = (process.env.EXTENT ?? 'some') as 'some' | 'each' | 'all'

/** A real minute, two versions one after the other, and a long look: `npm run proof` alone has the time for these. */
const LONG = ['e2e/expiry.test.ts', 'e2e/upgrade.test.ts', 'e2e/pictures.test.ts']

export default defineConfig({
  test: {
    // An object that a test aborts is reported as an unhandled rejection of its own making.
    onUnhandledError(error) {
      if ((error as { durableObjectReset?: boolean }).durableObjectReset) return false
    },
    silent: 'passed-only',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        plugins: [
          loadedAtOnce(),
          cloudflareTest({
            main: './support/worker.ts',
            wrangler: { configPath: '../wrangler.toml' },
            miniflare: {
              bindings: {
                CAMPFIRE_URL: 'https://chat.example.com',
                BOT_KEYS: 'assistant=3-7876b7cdc3d5,analyst=7-XyZ789abcdef',
                ANTHROPIC_API_KEY: 'sk-test',
                ANTHROPIC_BASE_URL: '',
                ADMIN_TOKEN: 'letmein',
                WEBHOOK_SECRET: '',
              },
            },
          }),
        ],
        test: {
          name: 'worker',
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          // Every test leaves the runtime as it found it (`useWorld`), so files share it: that halves the time.
          isolate: false,
          provide: { extent },
          // For one that hangs. On a machine that is busy with other things, too, a test that goes on is through by then.
          testTimeout: extent === 'some' ? 30_000 : 600_000,
          setupFiles: ['./support/setup.ts'],
          include: ['**/*.test.ts'],
          exclude: ['e2e/**'],
          deps: {
            optimizer: {
              ssr: {
                enabled: true,
                include: [
                  '@anthropic-ai/sdk/client',
                  '@anthropic-ai/sdk/core/error',
                  'eventsource-parser',
                  '@modelcontextprotocol/client',
                  'croner',
                  'fast-check',
                  'hono',
                  'hono/accepts',
                  'hono/cookie',
                  'hono/factory',
                  'hono/jsx',
                  'hono/jsx/jsx-dev-runtime',
                  'hono/jsx/jsx-runtime',
                  'zod',
                  'marked',
                  'htmlparser2',
                  'string-width',
                  'unpdf',
                  'highlight.js/lib/core',
                  'highlight.js/lib/languages/*',
                ],
              },
            },
          },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          provide: { extent },
          include: ['e2e/**/*.test.ts'],
          globalSetup: './support/unpack-browser.ts',
          exclude: extent === 'some' ? LONG : [],
          // They wait for servers and browsers more than they work, so four of them fit on two cores.
          maxWorkers: 4,
          sequence: { groupOrder: 0 },
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
