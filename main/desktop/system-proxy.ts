// Owns asking the system which proxy it wants used, where the environment names none.
import type { Session } from 'electron'
import { type ProxySettings, proxyFromEnvironment, proxyFromSystem } from '../proxy.ts'

/** A script may answer differently for each address; where most requests go is asked for. */
const typicalAddress = 'https://cognito-idp.us-east-1.amazonaws.com'

/** A program started from a dock or a menu sees none of the shell's variables: there the system's settings count. */
export const readProxy = async (
  session: Pick<Session, 'resolveProxy'>,
  env: NodeJS.ProcessEnv,
): Promise<ProxySettings | undefined> =>
  proxyFromEnvironment(env) ?? proxyFromSystem(await session.resolveProxy(typicalAddress))
