export const state = () => call('GET', '/state')

export const say = (room, said) => call('POST', `/rooms/${room}/messages`, said)

export const remove = (message, person) => call('DELETE', `/messages/${message}?person=${person}`)

export const boost = (message, person, content) =>
  call('POST', `/messages/${message}/boosts`, { person, content })

export const unboost = (message, boost, person) =>
  call('DELETE', `/messages/${message}/boosts/${boost}?person=${person}`)

export function attach(room, { person, file }) {
  const form = new FormData()
  form.append('person', person)
  form.append('file', file)
  return call('POST', `/rooms/${room}/files`, form)
}

async function call(method, path, body) {
  const isForm = body instanceof FormData
  const answer = await fetch(`/api${path}`, {
    method,
    body: isForm ? body : JSON.stringify(body),
    headers: isForm || !body ? {} : { 'content-type': 'application/json' },
  })
  if (answer.status === 204) return null
  const json = await answer.json()
  if (!answer.ok) throw new Error(json.error)
  return json
}
