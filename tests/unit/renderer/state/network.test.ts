// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { connect } from '../../../../renderer/state/index.ts'
import { fakeBridge } from '../fake-bridge.ts'

it('tells main that the network is back, for as long as the window is connected', () => {
  const bridge = fakeBridge()
  bridge.answers('app.networkBack', undefined)
  const disconnect = connect(bridge)
  window.dispatchEvent(new Event('online'))
  expect(bridge.callsOf('app.networkBack')).toHaveLength(1)
  disconnect()
  window.dispatchEvent(new Event('online'))
  expect(bridge.callsOf('app.networkBack')).toHaveLength(1)
})
