import type { Block } from '../sse.ts'

/** A search as the API sends it, with one page found. */
export function searched(
  query: string,
  { url = PAGE, title = 'Otters of Ohio', id = 'srv_1' } = {},
) {
  const found = {
    type: 'web_search_result',
    url,
    title,
    encrypted_content: 'EqgfCioIARgB',
    page_age: null,
  }
  const result = {
    type: 'web_search_tool_result',
    tool_use_id: id,
    content: [found],
    caller: DIRECT,
  }
  return [
    { type: 'server_tool_use', id, name: 'web_search', input: { query } },
    { type: 'whole', block: result },
  ] satisfies Block[]
}

export function fetched(url = PAGE, id = 'srv_2') {
  const source = { type: 'text', media_type: 'text/plain', data: 'Otters hold hands.' }
  const content = {
    type: 'web_fetch_result',
    url,
    retrieved_at: null,
    content: { type: 'document', source, title: 'Otters', citations: null },
  }
  return [
    { type: 'server_tool_use', id, name: 'web_fetch', input: { url } },
    {
      type: 'whole',
      block: { type: 'web_fetch_tool_result', tool_use_id: id, content, caller: DIRECT },
    },
  ] satisfies Block[]
}

/** `files`: what it has left, by the names that the API has for it. */
export function ran(code: string, id = 'srv_3', files: string[] = []) {
  const content = {
    type: 'code_execution_result',
    stdout: '4\n',
    stderr: '',
    return_code: 0,
    content: files.map((file_id) => ({ type: 'code_execution_output', file_id })),
  }
  return [
    { type: 'server_tool_use', id, name: 'code_execution', input: { code } },
    { type: 'whole', block: { type: 'code_execution_tool_result', tool_use_id: id, content } },
  ] satisfies Block[]
}

export function ranInShell(command: string, id = 'srv_4', files: string[] = []) {
  const content = {
    type: 'bash_code_execution_result',
    stdout: '',
    stderr: '',
    return_code: 0,
    content: files.map((file_id) => ({ type: 'bash_code_execution_output', file_id })),
  }
  return [
    { type: 'server_tool_use', id, name: 'bash_code_execution', input: { command } },
    { type: 'whole', block: { type: 'bash_code_execution_tool_result', tool_use_id: id, content } },
  ] satisfies Block[]
}

/** Words that come from there. */
export function cited(
  text: string,
  { url = PAGE, title = 'Otters of Ohio' as string | null } = {},
) {
  const citation = {
    type: 'web_search_result_location',
    cited_text: text,
    encrypted_index: 'Eo8BCioIAhgB',
    title,
    url,
  }
  return { type: 'whole', block: { type: 'text', text, citations: [citation] } } satisfies Block
}

export const PAGE = 'https://example.com/otters'
const DIRECT = { type: 'direct' }
