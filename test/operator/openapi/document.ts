import * as z from 'zod'
import manifest from '../../../package.json' with { type: 'json' }
import { Refusal } from '../../../src/operator/schemas.ts'
import { ROUTES, type Route } from './routes.ts'

/** The operator's routes for whoever writes a program for them: made of what the Worker answers and takes. */
export function document() {
  const schemas = ROUTES.flatMap(({ answers, takes }) => [
    ...(answers ? [[answers.name, schemaOf(answers.schema, 'output')] as const] : []),
    ...(takes ? [[takes.name, schemaOf(takes.schema, 'input')] as const] : []),
  ])
  const byPath = Map.groupBy(ROUTES, ({ route }) => pathOf(route))
  return {
    openapi: '3.0.3',
    info: {
      title: 'Firekeeper, for its operator',
      version: manifest.version,
      description:
        'Every address is also a page for a browser (Accept: text/html). Times are ISO 8601 in UTC, durations in ms.',
    },
    security: [{ token: [] }],
    paths: Object.fromEntries(
      [...byPath].map(([path, routes]) => [
        path,
        Object.fromEntries(routes.map((one) => [methodOf(one), operationOf(one)])),
      ]),
    ),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'ADMIN_TOKEN' },
      },
      schemas: Object.fromEntries([['Refusal', schemaOf(Refusal, 'output')], ...schemas]),
    },
  }
}

export function written() {
  return `${JSON.stringify(document(), null, 2)}\n`
}

function operationOf(one: Route) {
  const { says, answers, takes, query = [], type = 'application/json', isOpen, status } = one
  return {
    summary: says,
    ...(isOpen && { security: [] }),
    parameters: [
      ...partsOf(one.route).map(({ name, values }) => ({
        name,
        in: 'path',
        required: true,
        schema: values ? { type: 'string', enum: values } : { type: 'string' },
      })),
      ...query.map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
    ],
    ...(takes && {
      requestBody: { required: true, content: { 'application/json': contentOf(takes.name) } },
    }),
    responses: {
      ...(status
        ? { [status]: { description: says } }
        : answers || methodOf(one) === 'get'
          ? {
              200: {
                description: says,
                content: { [type]: answers ? contentOf(answers.name) : {} },
              },
            }
          : { 204: { description: 'Done.' } }),
      ...(!isOpen && { default: { description: 'Why not.', ...refusal } }),
    },
  }
}

const refusal = { content: { 'application/json': contentOf('Refusal') } }

function contentOf(name: string) {
  return { schema: { $ref: `#/components/schemas/${name}` } }
}

function methodOf({ route }: Route) {
  return route.split(' ')[0]?.toLowerCase() ?? ''
}

/** `/rooms/:room/:bot` → `/rooms/{room}/{bot}`. */
function pathOf(route: string) {
  return (route.split(' ')[1] ?? '').replace(PART, '{$1}')
}

function partsOf(route: string) {
  return [...route.matchAll(PART)].map(([, name = '', values]) => ({
    name,
    values: values?.split('|'),
  }))
}

const PART = /:(\w+)(?:\{([^}]+)\})?/g

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  return z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io,
    unrepresentable: 'any',
    // A format says the same, and can be read.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format) delete jsonSchema.pattern
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    },
  })
}
