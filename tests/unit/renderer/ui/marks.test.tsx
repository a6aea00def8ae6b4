// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Chips } from '../../../../renderer/ui/index.ts'
import { mount } from '../render.tsx'

const groups = (count: number): string[] => Array.from({ length: count }, (_, index) => `group-${index}`)
const shown = (): number => screen.getAllByText(/^group-\d+$/).length

describe('chips', () => {
  it('are all shown as long as they are few', async () => {
    await mount(<Chips values={groups(24)} />)
    expect(shown()).toBe(24)
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('are folded where there are many, and unfold', async () => {
    const { user } = await mount(<Chips values={groups(200)} />)
    expect(shown()).toBe(24)
    await user.click(screen.getByRole('button', { name: 'Show 176 more', expanded: false }))
    expect(shown()).toBe(200)
    await user.click(screen.getByRole('button', { name: 'Show fewer', expanded: true }))
    expect(shown()).toBe(24)
  })
})
