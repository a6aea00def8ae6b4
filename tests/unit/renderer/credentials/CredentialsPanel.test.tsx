// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { type Failure, failure } from '../../../../main/failure.ts'
import type { Profile } from '../../../../main/profiles/profile.ts'
import { CredentialsPanel } from '../../../../renderer/features/credentials/CredentialsPanel.tsx'
import type { FakeBridge } from '../fake-bridge.ts'
import { mount } from '../render.tsx'
import { sampleLive, sampleProfile } from '../samples.ts'

const [dev = '', read = ''] = sampleLive().roles

const panel = (prepare: (bridge: FakeBridge) => void, changes: Partial<Profile> = {}) => {
  const live = sampleLive({ preferredRole: read })
  const session = { status: 'active', ...live } as const
  const view = { profile: sampleProfile(1, changes), region: 'eu-west-1', session }
  return mount(<CredentialsPanel view={view} live={session} />, { profiles: [view] }, (bridge) => {
    bridge.refuses('credentials.fetch', 'credentials.role')
    prepare(bridge)
  })
}

test('a role is chosen among those of the token, the preferred one marked, and kept on the profile', async () => {
  const { bridge, user } = await panel((fake) => fake.refuses('profiles.update', 'profiles.not-saved'))
  const role = screen.getByRole('combobox', { name: 'Role' })
  expect(
    within(role)
      .getAllByRole('option')
      .map((option) => option.textContent),
  ).toEqual(["The identity pool's choice", 'orders-dev', 'orders-read (preferred)'])
  await user.selectOptions(role, dev)
  expect(bridge.callsOf('profiles.update')[0]?.[1].settings['roleArn']).toBe(dev)
})

test('a role that the token does not offer is shown as such', async () => {
  await panel(() => {}, { roleArn: 'arn:aws:iam::123456789012:role/gone' })
  expect(screen.getByRole('option', { name: 'gone (not in the token)' })).toBeTruthy()
})

test('the preflight names the step that fails, and what to change', async () => {
  const reason: Failure = failure('credentials.identity-pool-not-found')
  const { user } = await panel((fake) =>
    fake.answers('credentials.preflight', [
      { id: 'user-pool', label: 'The user pool answers', outcome: 'passed', detail: 'https://issuer' },
      { id: 'identity-pool', label: 'The identity pool answers', outcome: 'failed', failure: reason },
      { id: 'role', label: 'The role gives credentials', outcome: 'skipped' },
    ]),
  )
  await user.click(screen.getByRole('button', { name: "Why don't I get credentials?" }))
  const region = within(screen.getByRole('region', { name: "Why don't I get credentials?" }))
  const steps = await region.findAllByRole('listitem')
  expect(
    steps.map((step) =>
      within(step)
        .getAllByLabelText(/Passed|Failed|Not checked/)[0]
        ?.getAttribute('aria-label'),
    ),
  ).toEqual(['Passed', 'Failed', 'Not checked'])
  expect(steps[1]?.textContent).toContain(reason.remedy)
})

test('AWS files: nothing is written before it has been shown, and taking over takes a word of its own', async () => {
  const { bridge, user } = await panel((fake) => {
    fake.answers('awsFiles.preview', {
      files: [{ path: '/home/ana/.aws/credentials', change: 'take-over', text: '[acme]\n' }],
      isTaken: true,
      warnings: ['Mind this.'],
    })
    fake.answers('awsFiles.apply', undefined)
  })
  expect(screen.queryByRole('button', { name: /write$/ })).toBeNull()
  await user.selectOptions(
    screen.getByRole('combobox', { name: 'Keep ~/.aws up to date' }),
    'credentials-section',
  )
  await user.type(screen.getByRole('textbox', { name: 'Section' }), 'acme')
  await user.click(screen.getByRole('button', { name: 'Show what will be written' }))
  expect(await screen.findByText('/home/ana/.aws/credentials')).toBeTruthy()
  expect(screen.getByText('Mind this.')).toBeTruthy()
  expect(bridge.callsOf('awsFiles.apply')).toEqual([])

  await user.click(screen.getByRole('button', { name: 'Take over and write' }))
  const wanted = { kind: 'credentials-section', section: 'acme' }
  expect(bridge.callsOf('awsFiles.apply').map(([, ...args]) => args)).toEqual([[wanted, true]])
  expect(await screen.findByText(/kept up to date from now on/)).toBeTruthy()
})

test('AWS files: another choice takes the word back', async () => {
  const { user } = await panel((fake) =>
    fake.answers('awsFiles.preview', { files: [], isTaken: false, warnings: [] }),
  )
  await user.click(screen.getByRole('button', { name: 'Show what will be written' }))
  expect(await screen.findByRole('button', { name: 'Turn off' })).toBeTruthy()
  await user.selectOptions(
    screen.getByRole('combobox', { name: 'Keep ~/.aws up to date' }),
    'credential-process',
  )
  expect(screen.queryByRole('button', { name: 'Turn off' })).toBeNull()
})

test('container endpoint: the switch is kept on the profile', async () => {
  const { bridge, user } = await panel((fake) => {
    fake.answers('containerEndpoint.view', { kind: 'off' })
    fake.refuses('profiles.update', 'profiles.not-saved')
  })
  await user.click(screen.getByRole('checkbox', { name: /^Container endpoint/ }))
  expect(bridge.callsOf('profiles.update')[0]?.[1].settings['containerEndpoint']).toBe(true)
})

test('container endpoint: the lines are copied by main, the token shown only when asked for', async () => {
  const { bridge, user } = await panel(
    (fake) => {
      fake.answers('containerEndpoint.view', { kind: 'listening', lines: 'TOKEN=••••' })
      fake.answers('containerEndpoint.reveal', 'TOKEN=canary')
      fake.answers('containerEndpoint.copy', undefined)
      fake.answers('containerEndpoint.renewToken', undefined)
    },
    { containerEndpoint: true },
  )
  const lines = await screen.findByRole('region', { name: 'Lines for a program' })
  await user.click(screen.getByRole('button', { name: 'Copy lines' }))
  expect(bridge.callsOf('containerEndpoint.copy')).toHaveLength(1)
  expect(lines.textContent).toBe('TOKEN=••••')
  await user.click(screen.getByRole('button', { name: 'Show token' }))
  expect(lines.textContent).toBe('TOKEN=canary')
  await user.click(screen.getByRole('button', { name: 'Hide token' }))
  expect(lines.textContent).toBe('TOKEN=••••')
  await user.click(screen.getByRole('button', { name: 'Show token' }))
  await user.click(screen.getByRole('button', { name: 'New token' }))
  expect(lines.textContent).toBe('TOKEN=••••')
})

test('container endpoint: where nothing listens it is said why', async () => {
  const reason = failure('credentials.endpoint')
  await panel((fake) => fake.answers('containerEndpoint.view', { kind: 'closed', failure: reason }), {
    containerEndpoint: true,
  })
  expect(await screen.findByText(reason.message)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Copy lines' })).toBeNull()
})
