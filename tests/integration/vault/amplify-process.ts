// Amplify in a process of its own, its tokens in our vault. Does one thing, and answers with one line of JSON.
import { Amplify } from 'aws-amplify'
import { fetchAuthSession, getCurrentUser, signIn, signOut } from 'aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import { ConsoleLogger } from 'aws-amplify/utils'
import { systemClock as clock } from '../../../main/sessions/system-clock.ts'
import { openKeychainVault } from '../../../main/vault/open-vault.ts'

const [what = '', directory = '', url, userPoolId = '', userPoolClientId = '', username = '', password = ''] =
  process.argv.slice(2)

// Without one, Amplify takes Node for no platform it knows (cognito.md).
Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'test' }, configurable: true })
ConsoleLogger.LOG_LEVEL = 'ERROR'

Amplify.configure({
  Auth: {
    Cognito: { userPoolId, userPoolClientId, ...(url === undefined ? {} : { userPoolEndpoint: url }) },
  },
})
const vault = openKeychainVault({ directory, defaultDirectory: '', clock })
const storage = vault.keyValueStorage('amplify')
cognitoUserPoolsTokenProvider.setKeyValueStorage(storage)

const whoIsThere = async (forceRefresh = false) => {
  const user = await getCurrentUser().catch((error: unknown) =>
    error instanceof Error ? error.name : String(error),
  )
  if (typeof user === 'string') return { user }
  const { tokens } = await fetchAuthSession({ forceRefresh })
  return { user: user.username, issuedAt: tokens?.accessToken.payload.iat }
}

const act = async (): Promise<unknown> => {
  switch (what) {
    case 'sign-in': {
      const { isSignedIn } = await signIn({ username, password })
      return { isSignedIn, ...(await whoIsThere()) }
    }
    case 'resume':
      return whoIsThere()
    case 'refresh':
      return whoIsThere(true)
    case 'sign-out':
      await signOut()
      return whoIsThere()
    case 'clear':
      await storage.clear()
      return whoIsThere()
    case 'keys':
      return (await vault.items.accounts('kv/amplify/')).map((account) => account.slice('kv/amplify/'.length))
    case undefined:
    default:
      throw new TypeError(`nothing to do: ${what}`)
  }
}

process.stdout.write(JSON.stringify(await act()))
// As a crash does: nothing may depend on an orderly end.
process.kill(process.pid, 'SIGKILL')
