// Owns WEB_AUTHN, which cannot be answered here: a passkey is bound to the web origin of the pool's login page.
import { fail } from '../../failure.ts'
import { asking, type Opening } from './challenge.ts'

export const webAuthn: Opening = (_said, { access }) =>
  asking({
    challenge: { kind: 'web-authn', canUseBrowser: access.profile.domain !== undefined },
    answer: () => fail('sign-in.passkey'),
  })
