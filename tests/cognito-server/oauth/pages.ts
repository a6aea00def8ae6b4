// Owns the HTML of managed login: plain forms with labels that a person, a screen reader and a test find their way in.

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center }
main { width: min(22rem, 90vw); display: grid; gap: 1rem }
form { display: grid; gap: .75rem }
label { display: grid; gap: .25rem }
input, button { font: inherit; padding: .5rem .75rem }
[role=alert] { color: #b00020; margin: 0 }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`

export interface LoginPage {
  /** Where the form goes: this page with its query. */
  readonly action: string
  readonly username: string
  readonly problem?: string
  /** Federated providers with the address that leads to each. */
  readonly providers: readonly { readonly name: string; readonly href: string }[]
}

export function loginPage({ action, username, problem, providers }: LoginPage): string {
  const alert = problem === undefined ? '' : `<p role="alert">${escaped(problem)}</p>`
  const links = providers.map(
    ({ name, href }) => `<p><a href="${escaped(href)}">Continue with ${escaped(name)}</a></p>`,
  )
  return page(
    'Sign in',
    `${alert}
<form method="post" action="${escaped(action)}">
<label>Username <input name="username" value="${escaped(username)}" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button>
</form>
${links.join('\n')}`,
  )
}

/** The page of a provider that is not Cognito: it knows its people and asks for no password. */
export function providerPage(
  name: string,
  action: string,
  people: readonly { readonly sub: string; readonly label: string }[],
): string {
  const buttons = people.map(
    ({ sub, label }) => `<button name="sub" value="${escaped(sub)}">Continue as ${escaped(label)}</button>`,
  )
  return page(
    name,
    `<form method="post" action="${escaped(action)}">
${buttons.join('\n')}
<button name="deny" value="yes">Deny</button>
</form>`,
  )
}

export const errorPage = (error: string) =>
  page('An error was encountered with the requested page.', `<p role="alert">${escaped(error)}</p>`)

export const messagePage = (title: string, text: string) => page(title, `<p>${escaped(text)}</p>`)

export const signedOutPage = () => messagePage('Signed out', 'This page may be closed.')
