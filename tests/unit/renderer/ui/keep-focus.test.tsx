// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepFocus } from '../../../../renderer/ui/index.ts'

let stop = (): void => {}
beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML = `
    <nav><div role="listbox" tabindex="0"></div></nav>
    <main><button id="one">One</button><button id="two">Two</button></main>`
  stop = keepFocus()
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

const element = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector)
  if (found === null) throw new Error(`no ${selector}`)
  return found
}
const settle = () => vi.advanceTimersByTimeAsync(200)

describe('what had the focus may go away by itself: the list takes it', () => {
  it.each([
    ['removed', () => element('#one').remove()],
    ['removed with what is around it', () => element('main').remove()],
    ['switched off', () => element('#one').setAttribute('disabled', '')],
  ])('%s', async (_how, goAway) => {
    element('#one').focus()
    goAway()
    await settle()
    expect(document.activeElement).toBe(element('[role=listbox]'))
  })
})

it('leaves the focus where somebody else puts it, a moment later too', async () => {
  element('#one').focus()
  element('#one').remove()
  await vi.advanceTimersByTimeAsync(20)
  element('#two').focus()
  await settle()
  expect(document.activeElement).toBe(element('#two'))
})

it('leaves it to an open dialog or menu', async () => {
  element('#one').focus()
  document.body.insertAdjacentHTML('beforeend', '<div role="menu"></div>')
  element('#one').remove()
  await settle()
  expect(document.activeElement).toBe(document.body)
})

it('does nothing where nothing had the focus', async () => {
  element('#one').remove()
  await settle()
  expect(document.activeElement).toBe(document.body)
})
