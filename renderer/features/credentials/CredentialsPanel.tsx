// Owns the Credentials tab: what would be copied, masked; the format; a test against AWS. Main keeps the secrets.
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { Failure } from '../../../main/failure.ts'
import type { CallerIdentityView, CredentialsView, ProfileView } from '../../../preload/views.ts'
import { roleName, shorten } from '../../format/shorten.ts'
import { times } from '../../format/time.ts'
import {
  copyCredentials,
  type LiveSession,
  openDialog,
  request,
  useAnswer,
  useNow,
} from '../../state/index.ts'
import { Button, CodeBlock, FailureMessage, Note, Select } from '../../ui/index.ts'
import { formatOptions, rememberFormat } from '../session/CopyButton.tsx'
import { CopyValue } from '../values/CopyValue.tsx'
import { Fact, Facts } from '../values/Facts.tsx'
import { Pending } from '../values/Pending.tsx'
import { Relative } from '../values/Relative.tsx'
import { AwsFiles } from './AwsFiles.tsx'
import { ConsoleButton } from './ConsoleButton.tsx'
import { ContainerEndpoint } from './ContainerEndpoint.tsx'
import styles from './CredentialsPanel.module.css'
import { Preflight } from './Preflight.tsx'
import { RoleField } from './RoleField.tsx'

type Test =
  | { readonly kind: 'idle' | 'running' }
  | { readonly kind: 'accepted'; readonly identity: CallerIdentityView }
  | { readonly kind: 'refused'; readonly failure: Failure }

const TestResult = ({ test }: { test: Test }) => {
  if (test.kind === 'accepted')
    return (
      <Note tone="ok" role="alert" title={`AWS accepts these credentials: account ${test.identity.account}`}>
        <CopyValue value={test.identity.arn} what="ARN" />
      </Note>
    )
  return test.kind === 'refused' ? <FailureMessage failure={test.failure} /> : null
}

const Details = ({ credentials }: { credentials: CredentialsView }) => {
  const now = useNow(60_000)
  return (
    <div className={styles.columns}>
      <Facts>
        <Fact name="Role">
          {credentials.roleArn === undefined ? (
            "the identity pool's choice"
          ) : (
            <CopyValue value={credentials.roleArn} short={roleName(credentials.roleArn)} what="role ARN" />
          )}
        </Fact>
        <Fact name="Region">{credentials.region}</Fact>
        <Fact name="Access key">
          <CopyValue value={credentials.accessKeyId} what="access key id" />
        </Fact>
      </Facts>
      <Facts>
        <Fact name="Issued" note={<Relative at={credentials.obtainedAt} />}>
          {times.time(credentials.obtainedAt, now)}
        </Fact>
        <Fact name="Expire" note={<Relative at={credentials.expiresAt} />}>
          {times.time(credentials.expiresAt, now)}
        </Fact>
        <Fact name="Identity">
          <CopyValue
            value={credentials.identityId}
            short={shorten(credentials.identityId, 14, 4)}
            what="identity id"
          />
        </Fact>
      </Facts>
    </div>
  )
}

const Issued = ({ view, live }: { view: ProfileView; live: LiveSession }) => {
  const { id, exportFormat } = view.profile
  const [test, setTest] = useState<Test>({ kind: 'idle' })
  const [credentials, askAgain] = useAnswer(
    () => request('credentials.fetch', id),
    id,
    // Role, region and name are the profile's: all that is shown follows from it.
    `${live.lifetimes.credentials?.obtainedAt ?? 0} ${JSON.stringify(view.profile)}`,
  )
  const runTest = async () => {
    setTest({ kind: 'running' })
    const answer = await request('credentials.test', id)
    setTest(
      answer.ok ? { kind: 'accepted', identity: answer.value } : { kind: 'refused', failure: answer.failure },
    )
  }

  if (credentials.kind === 'loading') return <Pending label="Asking the identity pool for credentials" />
  if (credentials.kind === 'failed')
    return (
      <FailureMessage
        role="note"
        failure={credentials.failure}
        actions={<Button onClick={askAgain}>Try again</Button>}
      />
    )

  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <div className={styles.format}>
          <Select
            aria-label="Format"
            options={formatOptions.map(({ value, label, detail }) => ({
              value,
              label: `${label}: ${detail}`,
            }))}
            value={exportFormat}
            onValueChange={(format) => rememberFormat(view, format)}
          />
        </div>
        <div>
          <Button
            icon={<ShieldCheck size={14} />}
            busy={test.kind === 'running'}
            onClick={() => void runTest()}
          >
            Test credentials
          </Button>
          <ConsoleButton profileId={id} />
          <Button variant="primary" onClick={() => void copyCredentials(view)}>
            Copy
          </Button>
        </div>
      </div>
      <CodeBlock
        label="Credentials, with every secret masked"
        text={credentials.value.preview[exportFormat] ?? 'No preview for this format.'}
      />
      <TestResult test={test} />
      <Details credentials={credentials.value} />
    </div>
  )
}

export const CredentialsPanel = ({ view, live }: { view: ProfileView; live: LiveSession }) =>
  view.profile.identityPoolId === undefined ? (
    <Note
      title="This profile has no identity pool"
      actions={
        <Button size="small" onClick={() => openDialog({ kind: 'edit-profile', profileId: view.profile.id })}>
          Edit profile
        </Button>
      }
    >
      AWS credentials come from an identity pool that trusts this user pool. Enter its id to get them.
    </Note>
  ) : (
    <div className={styles.ways}>
      <div className={styles.panel}>
        <div className={styles.role}>
          <RoleField view={view} live={live} />
        </div>
        <Issued view={view} live={live} />
      </div>
      <AwsFiles view={view} />
      <ContainerEndpoint view={view} />
      <Preflight profileId={view.profile.id} />
    </div>
  )
