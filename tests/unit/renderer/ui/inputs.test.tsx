// @vitest-environment jsdom
import { screen } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import {
  Button,
  Checkbox,
  CodeInput,
  Field,
  IconButton,
  PasswordInput,
  Segmented,
  Select,
  TextInput,
} from '../../../../renderer/ui/index.ts'
import { mount } from '../render.tsx'

describe('a field ties its words to its input', () => {
  it('label, hint and error are what a screen reader hears', async () => {
    await mount(
      <Field label="App client id" hint="about 26 of them" error="Only lower-case letters and digits.">
        <TextInput />
      </Field>,
    )
    const input = screen.getByRole('textbox', { name: 'App client id' })
    expect(input.getAttribute('aria-invalid')).toBe('true')
    const spoken = (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
    expect(spoken).toEqual(['Only lower-case letters and digits.', 'about 26 of them'])
    expect(screen.getByRole('alert').textContent).toBe('Only lower-case letters and digits.')
  })

  it('without an error nothing is marked wrong', async () => {
    await mount(
      <Field label="Name">
        <TextInput />
      </Field>,
    )
    const input = screen.getByRole('textbox', { name: 'Name' })
    expect(input.hasAttribute('aria-invalid')).toBe(false)
    expect(input.hasAttribute('aria-describedby')).toBe(false)
  })

  it('names a group of choices too', async () => {
    await mount(
      <Field label="Sign-in">
        <Segmented options={[{ value: 'srp', label: 'Password' }]} value="srp" onValueChange={() => {}} />
      </Field>,
    )
    expect(screen.getByRole('radiogroup', { name: 'Sign-in' })).toBeDefined()
  })
})

describe('a password', () => {
  it('is hidden until its eye is pressed', async () => {
    const { user } = await mount(
      <Field label="Password">
        <PasswordInput />
      </Field>,
    )
    const input = screen.getByLabelText<HTMLInputElement>('Password')
    expect(input.type).toBe('password')
    await user.type(input, 'hunter2')
    await user.click(screen.getByRole('button', { name: 'Show password' }))
    expect(input.type).toBe('text')
    expect(input.value).toBe('hunter2')
    await user.click(screen.getByRole('button', { name: 'Hide password' }))
    expect(input.type).toBe('password')
  })
})

const CodeHarness = ({ onComplete }: { onComplete: (code: string) => void }) => {
  const [code, setCode] = useState('')
  return (
    <Field label="Code">
      <CodeInput value={code} onValueChange={setCode} onComplete={onComplete} />
    </Field>
  )
}

describe('a code of six digits', () => {
  const mountCode = async () => {
    const onComplete = vi.fn<(code: string) => void>()
    const { user } = await mount(<CodeHarness onComplete={onComplete} />)
    return { user, onComplete, input: screen.getByLabelText<HTMLInputElement>('Code') }
  }

  it('is one input that the system may fill in', async () => {
    const { input } = await mountCode()
    expect(input.autocomplete).toBe('one-time-code')
    expect(input.inputMode).toBe('numeric')
  })

  it('takes digits only, six of them, and says once that it is complete', async () => {
    const { user, onComplete, input } = await mountCode()
    await user.type(input, '41a8 07')
    expect(input.value).toBe('41807')
    expect(onComplete).not.toHaveBeenCalled()
    await user.type(input, '99')
    expect(input.value).toBe('418079')
    expect(onComplete.mock.calls).toEqual([['418079']])
  })

  it('can be pasted as people copy it', async () => {
    const { user, onComplete, input } = await mountCode()
    await user.click(input)
    await user.paste('418 079')
    expect(input.value).toBe('418079')
    expect(onComplete).toHaveBeenCalledWith('418079')
  })

  it('can be corrected', async () => {
    const { user, input } = await mountCode()
    await user.type(input, '418{Backspace}5')
    expect(input.value).toBe('415')
  })
})

describe('choices', () => {
  it('the arrow keys move through segments', async () => {
    const chosen = vi.fn<(value: string) => void>()
    const { user } = await mount(
      <Segmented
        aria-label="View"
        options={[
          { value: 'a', label: 'Explained' },
          { value: 'b', label: 'JSON' },
        ]}
        value="a"
        onValueChange={chosen}
      />,
    )
    await user.click(screen.getByRole('radio', { name: 'Explained' }))
    await user.keyboard('{ArrowRight}')
    expect(chosen).toHaveBeenCalledWith('b')
  })

  it('a list answers with one of its options', async () => {
    const chosen = vi.fn<(value: string) => void>()
    const { user } = await mount(
      <Select
        aria-label="Format"
        options={[
          { value: 'bash', label: 'bash' },
          { value: 'json', label: 'JSON' },
        ]}
        value="bash"
        onValueChange={chosen}
      />,
    )
    await user.selectOptions(screen.getByRole('combobox', { name: 'Format' }), 'JSON')
    expect(chosen).toHaveBeenCalledWith('json')
  })

  it('the whole line of a check box is its target', async () => {
    const { user } = await mount(<Checkbox label="Remember this device" hint="on this machine" />)
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: /Remember this device/ })
    await user.click(screen.getByText('Remember this device'))
    expect(box.checked).toBe(true)
  })
})

describe('buttons', () => {
  it('a busy one keeps its name and its focus, and does nothing', async () => {
    const onClick = vi.fn<() => void>()
    const { user } = await mount(
      <Button busy onClick={onClick}>
        Sign in
      </Button>,
    )
    const button = screen.getByRole('button', { name: 'Sign in' })
    await user.click(button)
    await user.keyboard('{Enter}')
    expect(onClick).not.toHaveBeenCalled()
    expect(document.activeElement).toBe(button)
    expect(button.getAttribute('aria-busy')).toBe('true')
  })

  it('one with only an icon has a name', async () => {
    await mount(
      <IconButton label="Close">
        <svg />
      </IconButton>,
    )
    expect(screen.getByRole('button', { name: 'Close' })).toBeDefined()
  })

  it('none submits a form unless it is told to', async () => {
    const submitted = vi.fn<(event: { preventDefault: () => void }) => void>((event) =>
      event.preventDefault(),
    )
    const { user } = await mount(
      <form onSubmit={submitted}>
        <Button>Back</Button>
        <Button type="submit">Continue</Button>
      </form>,
    )
    await user.click(screen.getByRole('button', { name: 'Back' }))
    expect(submitted).not.toHaveBeenCalled()
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    expect(submitted).toHaveBeenCalledTimes(1)
  })
})
