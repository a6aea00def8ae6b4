// Owns giving a request what it may carry: the profile, and its client secret read from the vault for this one call.
import { fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { PoolAccess, SessionVault } from './ports.ts'
import { vaultFailure } from './verdicts.ts'

export type OpenPool = (
  profile: Profile,
  clientMetadata?: Readonly<Record<string, string>>,
) => Promise<Result<PoolAccess>>

/** Client metadata of the profile goes with every request; what a caller adds wins. Fails with `config.client-secret` where the profile's secret is not stored, and with a vault code where it can't be read. */
export const createOpenPool =
  (vault: SessionVault): OpenPool =>
  async (profile, ownMetadata) => {
    const clientMetadata =
      profile.clientMetadata === undefined ? ownMetadata : { ...profile.clientMetadata, ...ownMetadata }
    if (!profile.hasClientSecret) return ok({ profile, clientSecret: undefined, clientMetadata })
    const secret = await vault.readClientSecret(profile)
    switch (secret.kind) {
      case 'found':
        return ok({ profile, clientSecret: secret.value, clientMetadata })
      case 'absent':
        return fail('config.client-secret', { field: 'clientSecret' })
      case 'unavailable':
        return { ok: false, failure: vaultFailure(secret.reason) }
      default:
        return secret satisfies never
    }
  }
