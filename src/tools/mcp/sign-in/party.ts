import type { AuthorizationServerMetadata } from '@modelcontextprotocol/client'
import * as z from 'zod'

export const Metadata = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  response_types_supported: z.array(z.string()),
  registration_endpoint: z.string().optional(),
  revocation_endpoint: z.string().optional(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
})

/** Who we are there, and who gives out the tokens. */
export const Party = z.object({
  server: z.string(),
  metadata: Metadata,
  client: z.looseObject({ client_id: z.string(), client_secret: z.string().optional() }),
  redirect: z.string(),
  /** What the tokens are for: no other server takes them. */
  resource: z.string(),
})
export type Party = z.infer<typeof Party>

/** Their types say more of it than we need to know; we have read what we use of it. */
export function asTheirs(metadata: z.infer<typeof Metadata>): AuthorizationServerMetadata {
  return metadata
}
