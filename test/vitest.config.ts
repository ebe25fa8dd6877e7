import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** See `support/extent.ts`. */
const extent = (process.env.EXTENT ?? 'some') as 'some' | 'each' | 'all'

export default defineConfig({
  test: {
    // An object that a test aborts is reported as an unhandled rejection of its own making.
    onUnhandledError(error) {
      if ((error as { durableObjectReset?: boolean }).durableObjectReset) return false
    },
    silent: 'passed-only',
    maxWorkers: 2,
    projects: [
      {
        plugins: [
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
          // Every test leaves the runtime as it found it (`useWorld`), so files share it: that halves the time.
          isolate: false,
          provide: { extent },
          testTimeout: extent === 'some' ? 10_000 : 600_000,
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
                  '@anthropic-ai/sdk/core/streaming',
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
          include: ['e2e/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
