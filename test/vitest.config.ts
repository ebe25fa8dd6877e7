import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // An object that a test aborts is reported as an unhandled rejection of its own making.
    onUnhandledError(error) {
      if ((error as { durableObjectReset?: boolean }).durableObjectReset) return false
    },
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
          include: ['**/*.test.ts'],
          exclude: ['e2e/**'],
          deps: {
            optimizer: {
              ssr: {
                enabled: true,
                include: [
                  '@anthropic-ai/sdk',
                  'zod',
                  'hono',
                  'marked',
                  'htmlparser2',
                  'string-width',
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
