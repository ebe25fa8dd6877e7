/** What a request can do without, and what else has a name at its top. */
const FIELDS: [field: string, names: RegExp][] = [
  ['cache_control', /cache_control/],
  ['compaction', /\bcompaction\b/],
  ['context_management', /context_management/],
  ['betas', /anthropic.?beta|\bbetas?\b/i],
  ['effort', /\beffort\b|output_config/],
  ['thinking.display', /thinking\.(\w+\.)?display\b|\bdisplay\b/],
  ['thinking', /(^|[`'" .])thinking([`'" .:]|$)|\badaptive\b/],
  ['tool_search', /tool_search|defer_loading|tool search/],
  ['web_search', /web.?search/i],
  ['web_fetch', /web.?fetch|url_sources/i],
  ['code_execution', /code.?execution/i],
  ['files', /container_upload|\bfile_id\b|source\.file\b|files.api/i],
  ['container', /\bcontainer\b/],
  ['tool_choice', /tool_choice/],
  ['max_tokens', /max_tokens|max_output_tokens/],
  ['tools', /^tools\b/],
  ['system', /^system\b/],
  ['stream', /(^|[`'"[ ])stream([`'"\].: ]|$)/],
  ['diagnostics', /\bdiagnostics\b/],
  ['metadata', /\bmetadata\b/],
  ['anthropic-version', /anthropic.version/i],
]
/** These stand in the midst of what was said. */
const IN_BLOCKS = new Set(['cache_control', 'files'])
const NOT_TAKEN =
  /extra inputs are not permitted|extraneous key|additional propert|unexpected (keyword|value|field|propert)|(unknown|unrecognized|unsupported|invalid|unexpected) .{0,20}(parameter|argument|field|name|propert|beta|value)|(is|are) not (permitted|allowed|supported|recognized|available|enabled)|(does not|doesn.t|do not) (support|accept|allow|recognize)|cannot find field|not supported|\bnot (allowed|implemented|accepted)|unknown (key|variant)|was unexpected|invalid for|input should be|input tag|which is the maximum|must be|should (have|match|be)|may not be|a maximum of \d+|is not a valid/i

/** Whatever is wrong with one of these, it is not what was said. */
const AT_TOP =
  /^(tools|tool_choice|system|stream|container|diagnostics|thinking|output_config|max_tokens|cache_control|context_management|metadata)(\.[\w-]+)*:/

/** A field of our request that is not taken, as it is or at all. What stands in a block is not one. */
export function fieldIn(told: string): string | null {
  // A thought that was left out is missed only while the model is asked to think.
  if (/when .{0,3}thinking.{0,3} is enabled/i.test(told)) return 'thinking'
  if (!NOT_TAKEN.test(told) && !AT_TOP.test(told)) return null
  // What would have been taken stands behind it, and is not what is wrong.
  const said = told.replace(/(expected tags:).*/gs, '$1')
  const path = /^[a-z_]+(\.[\w-]+)*(?=:)/.exec(said)?.[0] ?? said
  const isInBlock = /^messages\.\d+/.test(said)
  for (const [field, names] of FIELDS) {
    const isNamed = names.test(path) || names.test(said)
    if (isNamed && (!isInBlock || IN_BLOCKS.has(field))) return field
  }
  return null
}
