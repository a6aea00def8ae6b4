// Owns reading Amplify's older configurations: aws-exports.js as its CLI writes it, and the `Auth` objects of v5 and v6.
import { type Candidate, type DataObject, known, objectIn, textIn, textsIn } from './candidate.ts'
import { loginPageSettings } from './redirects.ts'

const methods: Readonly<Record<string, string>> = {
  USER_SRP_AUTH: 'srp',
  USER_PASSWORD_AUTH: 'password',
  CUSTOM_AUTH: 'custom',
  CUSTOM_WITH_SRP: 'custom',
  USER_AUTH: 'choice',
}

const methodOf = (flow: string | undefined): string | undefined =>
  flow !== undefined && Object.hasOwn(methods, flow) ? methods[flow] : undefined

const candidateOf = (ids: DataObject, oauth: DataObject, flow: string | undefined): Candidate | undefined => {
  const userPoolId = textIn(ids, 'aws_user_pools_id', 'userPoolId')
  if (userPoolId === undefined) return undefined
  const scopes = textsIn(oauth, 'scope')
  const page = loginPageSettings({
    domain: textIn(oauth, 'domain'),
    scopes: scopes.length > 0 ? scopes : textsIn(oauth, 'scopes'),
    signInUrls: textsIn(oauth, 'redirectSignIn'),
    signOutUrls: textsIn(oauth, 'redirectSignOut'),
  })
  const endpoint = textIn(ids, 'endpoint', 'userPoolEndpoint')
  return {
    settings: {
      ...known({
        userPoolId,
        clientId: textIn(ids, 'aws_user_pools_web_client_id', 'userPoolWebClientId', 'userPoolClientId'),
        identityPoolId: textIn(ids, 'aws_cognito_identity_pool_id', 'identityPoolId'),
        signInMethod: methodOf(flow),
        endpoints: endpoint === undefined ? undefined : { userPool: endpoint },
      }),
      ...page.settings,
    },
    notes: page.notes,
  }
}

/** The profile a configuration object of Amplify describes, or undefined for any other object. */
export const readAwsExports = (data: DataObject): Candidate | undefined => {
  const auth = objectIn(data, 'Auth')
  const cognito = objectIn(auth, 'Cognito')
  const flow = textIn(data, 'authenticationFlowType') ?? textIn(auth, 'authenticationFlowType')
  return (
    candidateOf(data, objectIn(data, 'oauth'), flow) ??
    candidateOf(auth, objectIn(auth, 'oauth'), flow) ??
    candidateOf(cognito, objectIn(objectIn(cognito, 'loginWith'), 'oauth'), flow)
  )
}
