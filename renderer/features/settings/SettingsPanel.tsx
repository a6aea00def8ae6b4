// Owns the Settings tab: everything a profile is made of, to read; changing it happens in its dialog.
import { CopyPlus, Pencil, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Profile, SignInMethod } from '../../../main/profiles/profile.ts'
import type { ProfileView } from '../../../preload/views.ts'
import { awsFilesLabels } from '../../format/aws-files.ts'
import { formatLabels } from '../../format/credential-formats.ts'
import { durationText } from '../../format/time.ts'
import { duplicateProfile, openDialog } from '../../state/index.ts'
import { Button } from '../../ui/index.ts'
import { environmentLabels } from '../profiles/status.ts'
import { CopyValue } from '../values/CopyValue.tsx'
import { Fact, Facts, Section } from '../values/Facts.tsx'
import { RememberedDevices } from './RememberedDevices.tsx'
import styles from './SettingsPanel.module.css'

const methodLabels = {
  srp: 'Password by SRP',
  password: 'Plain password',
  choice: 'Choice-based',
  custom: 'Custom challenge',
  browser: 'Browser',
} as const satisfies Record<SignInMethod, string>

const Unset = ({ children }: { children: string }) => <span className={styles.none}>{children}</span>

const orUnset = (value: string | undefined, what: string, otherwise: string): ReactNode =>
  value === undefined ? <Unset>{otherwise}</Unset> : <CopyValue value={value} what={what} />

export const SettingsPanel = ({ view }: { view: ProfileView }) => {
  const { profile, region } = view
  const { endpoints } = profile
  const awsFiles = profile.awsFiles?.kind ?? 'off'
  return (
    <>
      <div className={styles.actions}>
        <Button
          icon={<Pencil size={13} />}
          onClick={() => openDialog({ kind: 'edit-profile', profileId: profile.id })}
        >
          Edit
        </Button>
        <Button icon={<CopyPlus size={13} />} onClick={() => void duplicateProfile(profile.id)}>
          Duplicate
        </Button>
        <Button
          variant="ghost"
          icon={<Trash2 size={13} />}
          onClick={() => openDialog({ kind: 'remove-profile', profileId: profile.id })}
        >
          Remove…
        </Button>
      </div>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Section title="Profile">
            <Facts>
              <Fact name="Name">{profile.name}</Fact>
              <Fact name="Environment">{environmentLabels[profile.environment]}</Fact>
              <Fact name="Username">{profile.username ?? <Unset>asked at sign-in</Unset>}</Fact>
              <Fact name="Sign-in">{methodLabels[profile.signInMethod]}</Fact>
            </Facts>
          </Section>
          <Section title="User pool">
            <Facts>
              <Fact name="User pool id">
                <CopyValue value={profile.userPoolId} what="user pool id" />
              </Fact>
              <Fact name="App client id">
                <CopyValue value={profile.clientId} what="app client id" />
              </Fact>
              <Fact name="Client secret">
                {profile.hasClientSecret ? 'kept in the keychain' : <Unset>none</Unset>}
              </Fact>
              <Fact name="Region">{region}</Fact>
            </Facts>
          </Section>
          <RememberedDevices view={view} />
        </div>
        <div className={styles.stack}>
          <Section title="AWS credentials">
            <Facts>
              <Fact name="Identity pool id">
                {orUnset(profile.identityPoolId, 'identity pool id', 'none')}
              </Fact>
              <Fact name="Role">{orUnset(profile.roleArn, 'role ARN', "the identity pool's choice")}</Fact>
              <Fact name="Region">{profile.exportRegion ?? <Unset>as the pool</Unset>}</Fact>
              <Fact name="Format">{formatLabels[profile.exportFormat].label}</Fact>
              <Fact name="Obtained">
                {profile.credentialsFlow === 'basic'
                  ? `by STS, for ${durationText((profile.credentialsSeconds ?? 3_600) * 1_000)}`
                  : 'from the identity pool'}
              </Fact>
              <Fact name="AWS files">
                {awsFiles === 'off' ? <Unset>off</Unset> : awsFilesLabels[awsFiles]}
              </Fact>
              <Fact name="Container endpoint">{profile.containerEndpoint ? 'on' : <Unset>off</Unset>}</Fact>
            </Facts>
          </Section>
          <Section title="Session">
            <Facts>
              <Fact name="Kept in">
                {profile.storage === 'keychain' ? 'the keychain' : 'memory only, until Sesame quits'}
              </Fact>
              <Fact name="Command line">
                {profile.availableToCommandLine ? 'may use this session' : <Unset>off</Unset>}
              </Fact>
              <Fact name="Refreshed" note="At most a fifth of a short token's life">
                {durationText(profile.refreshLeadSeconds * 1_000)} before the tokens expire
              </Fact>
              <Fact name="Refresh token" note="As set in the app client; Cognito tells nobody">
                lives {durationText(profile.refreshTokenLifetimeSeconds * 1_000)}
              </Fact>
            </Facts>
          </Section>
          <BrowserSignIn profile={profile} />
          <Section title="Endpoints">
            <Facts>
              <Fact name="User pool">{orUnset(endpoints.userPool, 'endpoint', "AWS's own")}</Fact>
              <Fact name="Identity pool">{orUnset(endpoints.identityPool, 'endpoint', "AWS's own")}</Fact>
              <Fact name="STS">{orUnset(endpoints.sts, 'endpoint', "AWS's own")}</Fact>
              <Fact name="Federation">{orUnset(endpoints.federation, 'endpoint', "AWS's own")}</Fact>
            </Facts>
          </Section>
        </div>
      </div>
    </>
  )
}

/** Shown where the profile says anything about it: most never use it. */
const BrowserSignIn = ({ profile }: { profile: Profile }) => {
  const { domain, callbackUrl, logoutUrl, scopes, identityProvider } = profile
  if (domain === undefined && callbackUrl === undefined && profile.signInMethod !== 'browser') return null
  return (
    <Section title="Browser sign-in">
      <Facts>
        <Fact name="Login page">{orUnset(domain, 'domain', 'unknown')}</Fact>
        <Fact name="Callback URL">{orUnset(callbackUrl, 'callback URL', 'none')}</Fact>
        <Fact name="Sign-out URL">{orUnset(logoutUrl, 'sign-out URL', 'the callback URL')}</Fact>
        <Fact name="Scopes">{scopes?.join(' ') ?? <Unset>all of the app client</Unset>}</Fact>
        <Fact name="Provider">{identityProvider ?? <Unset>asked on the page</Unset>}</Fact>
      </Facts>
    </Section>
  )
}
