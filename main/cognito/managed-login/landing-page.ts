// Owns the pages that Sesame shows in somebody's browser: it came back, the tab may be closed. No script, nothing to load.

/** Sesame's own colours (renderer/styles/tokens.css), light and dark as the browser is. */
const style = `
:root { color-scheme: light dark; font: 15px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f6f7f9, #101318); color: light-dark(#171b22, #eceff4) }
main { box-sizing: border-box; width: min(26rem, 100vw - 2rem); padding: 2rem; border: 1px solid light-dark(#e1e4e9, #2a303b); border-radius: 12px; background: light-dark(#fff, #171b22); text-align: center; box-shadow: 0 8px 24px light-dark(rgb(16 24 40 / 8%), rgb(0 0 0 / 40%)) }
svg { width: 2.5rem; height: 2.5rem; padding: .5rem; border-radius: 50%; background: light-dark(#e8edfc, #232c4a); color: light-dark(#3157d5, #8aa4ff) }
h1 { margin: .75rem 0 .25rem; font-size: 1.25rem; font-weight: 600 }
p { margin: 0; text-wrap: balance; color: light-dark(#566070, #a7b0bf) }`

const pageOf = (title: string, text: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M9 14 4 9l5-5"/><path d="M4 9h10.5a5.5 5.5 0 0 1 0 11H11"/></svg>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>
`

/** What came back to this machine. */
export type Landing = 'sign-in' | 'sign-out'

/** A sign-in's says nothing of how it went: Sesame's own window knows that first, and tells it. */
export const landingPages: Readonly<Record<Landing, string>> = {
  'sign-in': pageOf('Back to Sesame', 'Sesame goes on from here. You can close this tab.'),
  'sign-out': pageOf('Signed out', 'This browser is signed out of the login page. You can close this tab.'),
}

export const landingHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  connection: 'close',
} as const
