// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { DeviceView } from '../../../../preload/views.ts'
import { RememberedDevices } from '../../../../renderer/features/settings/RememberedDevices.tsx'
import type { FakeBridge } from '../fake-bridge.ts'
import { mount } from '../render.tsx'
import { sampleId, sampleLive, sampleProfile, sampleView } from '../samples.ts'

const view = sampleView(sampleProfile(3), { status: 'active', ...sampleLive() })
const laptop: DeviceView = {
  key: 'eu-west-1_1',
  name: 'ana-laptop',
  lastAddress: '203.0.113.7',
  lastSeenAt: new Date(2026, 10, 20, 9, 12, 40).getTime(),
  isThisOne: true,
}
const phone: DeviceView = { key: 'eu-west-1_2', isThisOne: false }

const open = (prepare: (bridge: FakeBridge) => void) =>
  mount(<RememberedDevices view={view} />, {}, (bridge) => {
    bridge.answers('devices.list', [laptop, phone])
    prepare(bridge)
  })

describe('the devices a user pool remembers', () => {
  test('are listed with the one in use, where and when they were seen', async () => {
    await open(() => {})
    expect(await screen.findByText('ana-laptop')).toBeDefined()
    expect(screen.getByText('last seen Fri 20 Nov 2026, 09:12:40 from 203.0.113.7')).toBeDefined()
    expect(screen.getAllByText('this one')).toHaveLength(1)
    expect(screen.getByText('eu-west-1_2')).toBeDefined()
  })

  test('can be forgotten one by one, and the list is read again', async () => {
    const { bridge, user } = await open((fake) => fake.answers('devices.forget', undefined))
    await user.click(await screen.findByRole('button', { name: 'Forget eu-west-1_2' }))
    expect(bridge.callsOf('devices.forget')).toEqual([[sampleId(3), 'eu-west-1_2']])
    expect(bridge.callsOf('devices.list')).toHaveLength(2)
  })

  test('that were declined say so, and this one can be remembered after all', async () => {
    const { bridge, user } = await open((fake) => {
      fake.answers('devices.list', [
        { ...laptop, remembered: false },
        { ...phone, remembered: false },
      ])
      fake.answers('devices.remember', undefined)
    })
    expect(await screen.findAllByText('known, and not to be remembered')).toHaveLength(2)
    await user.click(screen.getByRole('button', { name: /^Remember / }))
    expect(bridge.callsOf('devices.remember')).toEqual([[sampleId(3), 'eu-west-1_1']])
    expect(bridge.callsOf('devices.list')).toHaveLength(2)
  })

  test('that are remembered are not offered to be', async () => {
    await open((fake) => fake.answers('devices.list', [{ ...laptop, remembered: true }]))
    await screen.findByText('ana-laptop')
    expect(screen.queryByRole('button', { name: /^Remember / })).toBeNull()
  })

  test('that could not be forgotten stay', async () => {
    const { bridge, user } = await open((fake) => fake.refuses('devices.forget', 'network.offline'))
    await user.click(await screen.findByRole('button', { name: 'Forget ana-laptop' }))
    expect(screen.getByText('ana-laptop')).toBeDefined()
    expect(bridge.callsOf('devices.list')).toHaveLength(1)
  })

  test('forgotten by somebody else meanwhile: it is told, and the list is read again', async () => {
    const { bridge, user } = await open((fake) => fake.refuses('devices.forget', 'device.not-remembered'))
    await user.click(await screen.findByRole('button', { name: 'Forget ana-laptop' }))
    expect(bridge.callsOf('devices.list')).toHaveLength(2)
  })

  test('are not claimed to be none where the pool did not answer', async () => {
    const { bridge, user } = await open((fake) => fake.refuses('devices.list', 'network.offline'))
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(bridge.callsOf('devices.list')).toHaveLength(2)
    expect(screen.queryByText('The user pool remembers none.')).toBeNull()
  })

  test('are not asked for while nobody is signed in', async () => {
    const signedOut = sampleView(view.profile, { status: 'signed-out', revocationPending: false })
    const { bridge } = await mount(<RememberedDevices view={signedOut} />)
    expect(screen.getByText(/^Sign in to see/)).toBeDefined()
    expect(bridge.callsOf('devices.list')).toEqual([])
  })
})
