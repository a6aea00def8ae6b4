import { describe, expect, it } from 'vitest'
import { hasMainModifier, shortcut } from '../../../../renderer/format/shortcut.ts'

const none = { metaKey: false, ctrlKey: false, altKey: false, shiftKey: false }

describe('the main modifier is the platform’s own', () => {
  it.each([
    ['darwin', '⌘K'],
    ['linux', 'Ctrl K'],
    ['win32', 'Ctrl K'],
  ] as const)('%s writes %s', (platform, text) => {
    expect(shortcut(platform, 'K')).toBe(text)
  })

  it.each([
    ['darwin', { metaKey: true }, true],
    ['darwin', { ctrlKey: true }, false],
    ['linux', { ctrlKey: true }, true],
    ['linux', { metaKey: true }, false],
    ['linux', { ctrlKey: true, shiftKey: true }, false],
    ['linux', { ctrlKey: true, altKey: true }, false],
    ['win32', {}, false],
  ] as const)('%s %j: %s', (platform, keys, has) => {
    expect(hasMainModifier(platform, { ...none, ...keys })).toBe(has)
  })
})
