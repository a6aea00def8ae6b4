// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import {
  Button,
  Dialog,
  FailureMessage,
  Menu,
  MenuChoice,
  MenuItem,
  TextInput,
} from '../../../../renderer/ui/index.ts'
import { mount } from '../render.tsx'
import { sampleFailure } from '../samples.ts'

const Opener = ({ onSubmit }: { onSubmit?: () => void }) => {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Sign in to acme"
        lead="password by SRP"
        footer={<Button type="submit">Sign in</Button>}
        {...(onSubmit !== undefined && { onSubmit })}
      >
        <TextInput aria-label="Username" />
      </Dialog>
    </>
  )
}

describe('a dialog', () => {
  it('is named and described, takes the focus, and gives it back when Esc closes it', async () => {
    const { user } = await mount(<Opener />)
    const opener = screen.getByRole('button', { name: 'Open' })
    await user.click(opener)
    const dialog = screen.getByRole('dialog', { name: 'Sign in to acme' })
    expect(document.getElementById(dialog.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'password by SRP',
    )
    expect(dialog.contains(document.activeElement)).toBe(true)
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    await waitFor(() => expect(document.activeElement).toBe(opener))
  })

  it("gives the focus back to what opened it, though one of Radix's own stops had it in between", async () => {
    const { user } = await mount(<Opener />)
    const opener = screen.getByRole('button', { name: 'Open' })
    await user.click(opener)
    const guard = document.querySelector<HTMLElement>('[data-radix-focus-guard]')
    expect(guard).not.toBeNull()
    guard?.focus()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(document.activeElement).toBe(opener))
  })

  it('keeps the Tab key inside', async () => {
    const { user } = await mount(<Opener />)
    await user.click(screen.getByRole('button', { name: 'Open' }))
    const dialog = screen.getByRole('dialog')
    for (let i = 0; i < 5; i += 1) {
      await user.tab()
      expect(dialog.contains(document.activeElement)).toBe(true)
    }
  })

  it('is submitted by Enter in a field', async () => {
    const onSubmit = vi.fn<() => void>()
    const { user } = await mount(<Opener onSubmit={onSubmit} />)
    await user.click(screen.getByRole('button', { name: 'Open' }))
    await user.type(screen.getByRole('textbox', { name: 'Username' }), 'ana{Enter}')
    expect(onSubmit).toHaveBeenCalledTimes(1)
  })
})

describe('a menu', () => {
  it('opens by keyboard, moves by arrows, runs by Enter', async () => {
    const first = vi.fn<() => void>()
    const second = vi.fn<() => void>()
    const { user } = await mount(
      <Menu trigger={<Button>Sign out</Button>}>
        <MenuItem onSelect={first}>This device</MenuItem>
        <MenuItem onSelect={second} detail="needs the network">
          All devices
        </MenuItem>
      </Menu>,
    )
    screen.getByRole('button', { name: 'Sign out' }).focus()
    await user.keyboard('{Enter}{ArrowDown}{Enter}')
    expect(first).not.toHaveBeenCalled()
    expect(second).toHaveBeenCalledTimes(1)
    expect(screen.queryByRole('menu')).toBeNull()
  })

  it('ticks what is chosen and tells of another choice', async () => {
    const chosen = vi.fn<(value: string) => void>()
    const { user } = await mount(
      <Menu trigger={<Button>Format</Button>}>
        <MenuChoice
          label="Copy as"
          value="bash"
          options={[
            { value: 'bash', label: 'bash' },
            { value: 'json', label: 'JSON' },
          ]}
          onValueChange={chosen}
        />
      </Menu>,
    )
    await user.click(screen.getByRole('button', { name: 'Format' }))
    expect(screen.getByRole('menuitemradio', { name: 'bash' }).getAttribute('aria-checked')).toBe('true')
    await user.click(screen.getByRole('menuitemradio', { name: 'JSON' }))
    expect(chosen).toHaveBeenCalledWith('json')
  })
})

it('a failure says what happened, what to do, and small what the other side said', async () => {
  await mount(
    <FailureMessage failure={sampleFailure({ detail: 'getaddrinfo ENOTFOUND', requestId: '8f4f-0a52' })} />,
  )
  expect(screen.getByRole('alert').textContent).toBe(
    'The endpoint could not be reached.Check the network; Sesame tries again by itself.getaddrinfo ENOTFOUNDRequest id 8f4f-0a52',
  )
})
