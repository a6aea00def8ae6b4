// Owns what resetting a password and confirming a sign-up have in common: whom it is about, where the code went, and the words
// for a code that was sent.
import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider'
import type { CodeDelivery } from '../../../preload/views.ts'
import type { Failure } from '../../failure.ts'
import { secretHash } from '../secret-hash.ts'
import type { Turn } from './challenge.ts'
import { deliveryIn } from './words.ts'

/** The members that all of these requests share. */
export const whose = ({ access, username }: Turn) => ({
  ClientId: access.profile.clientId,
  Username: username,
  SecretHash: secretHash(access.profile.clientId, access.clientSecret, username).SECRET_HASH,
  ClientMetadata: access.clientMetadata,
})

export const deliveryOf = (answer: {
  CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined
}): CodeDelivery =>
  deliveryIn(answer.CodeDeliveryDetails?.DeliveryMedium, answer.CodeDeliveryDetails?.Destination)

/** The table's words are for any code; of these another one can be had. */
export const withResendRemedy = (failure: Failure): Failure =>
  failure.code === 'sign-in.wrong-code'
    ? { ...failure, remedy: 'Check the code, or have another one sent.' }
    : failure
