// Owns reading amplify_outputs.json (Amplify Gen 2): the `auth` part of its schema, version 1.
import { type Candidate, type Data, isObject, known, objectIn, textIn, textsIn } from './candidate.ts'
import { loginPageSettings } from './redirects.ts'

/** The profile an amplify_outputs.json describes, or undefined for any other text. */
export const readAmplifyOutputs = (data: Data): Candidate | undefined => {
  if (!isObject(data)) return undefined
  const auth = objectIn(data, 'auth')
  const userPoolId = textIn(auth, 'user_pool_id')
  if (userPoolId === undefined) return undefined
  const oauth = objectIn(auth, 'oauth')
  const page = loginPageSettings({
    domain: textIn(oauth, 'domain'),
    scopes: textsIn(oauth, 'scopes'),
    signInUrls: textsIn(oauth, 'redirect_sign_in_uri'),
    signOutUrls: textsIn(oauth, 'redirect_sign_out_uri'),
  })
  return {
    settings: {
      ...known({
        userPoolId,
        clientId: textIn(auth, 'user_pool_client_id'),
        identityPoolId: textIn(auth, 'identity_pool_id'),
      }),
      ...page.settings,
    },
    notes: page.notes,
  }
}
