// Owns asking STS whose credentials these are.
import { fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { CallerAnswer, Clock } from '../sessions/ports.ts'
import type { AwsCredentials } from '../sessions/session.ts'
import { openSts } from './clients.ts'
import { stsEndpoint } from './endpoints.ts'

/** GetCallerIdentity, which needs no permission. `credentials.refused` where AWS does not accept the credentials. */
export const callerIdentity = async (
  clock: Clock,
  profile: Profile,
  credentials: AwsCredentials,
): Promise<Result<CallerAnswer>> => {
  const sts = await openSts(clock, stsEndpoint(profile), credentials)
  const answer = await sts.getCallerIdentity()
  if (!answer.ok) return answer
  const { Account, Arn, UserId } = answer.value.value
  if (!Account || !Arn || !UserId) {
    return fail('network.bad-answer', { detail: 'The answer does not say who the caller is.' })
  }
  return ok({ account: Account, arn: Arn, userId: UserId, requestId: answer.value.requestId })
}
