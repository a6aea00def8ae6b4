/** The demo's page. It shows its heading whatever happens, so that a test can tell a broken bridge from no window. */
interface Profile {
  readonly name: string
  readonly created: unknown
}

function find(selector: string): Element {
  const element = document.querySelector(selector)
  if (element === null) throw new Error(`no ${selector}`)
  return element
}

const { api } = window
const profiles = find('#profiles')

find('#load').addEventListener('click', () => {
  void (async () => {
    for (const profile of toProfiles(await api.invoke('profiles'))) {
      const item = document.createElement('li')
      const year = profile.created instanceof Date ? profile.created.getUTCFullYear() : 'no date'
      item.textContent = `${profile.name} ${year}`
      profiles.append(item)
    }
  })()
})
find('#copy').addEventListener('click', () => void api.invoke('copy', 'copied!'))

api.onTick((value) => {
  const count: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'count') : value
  find('[data-testid=tick]').textContent = String(count)
})
api.onMenu((value) => {
  find('[data-testid=menu]').textContent = String(value)
})

function isProfile(value: unknown): value is Profile {
  return typeof value === 'object' && value !== null && 'name' in value && 'created' in value
}

function toProfiles(value: unknown): Profile[] {
  return Array.isArray(value) ? value.filter(isProfile) : []
}
