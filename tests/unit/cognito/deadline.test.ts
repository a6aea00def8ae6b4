import { expect, test } from 'vitest'
import { startDeadline } from '../../../main/cognito/deadline.ts'
import { createManualClock } from '../vault/manual-clock.ts'

const start = () => {
  const clock = createManualClock()
  const deadline = startDeadline(clock, 1_000)
  const heard: string[] = []
  deadline.signal.addEventListener('abort', () => heard.push('aborted'))
  return { clock, deadline, heard }
}

test('when time is up the signal is aborted, with a reason, and its listeners hear of it', () => {
  const { clock, deadline, heard } = start()
  clock.advance(999)
  expect([deadline.signal.aborted, deadline.signal.reason, heard]).toEqual([false, undefined, []])
  clock.advance(1)
  expect([deadline.signal.aborted, heard]).toEqual([true, ['aborted']])
  expect(deadline.signal.reason).toMatchObject({ name: 'AbortError' })
})

test('one that is disposed of arms no timer and aborts nothing', () => {
  const { clock, deadline, heard } = start()
  deadline[Symbol.dispose]()
  expect(clock.armed).toBe(0)
  clock.advance(2_000)
  expect([deadline.signal.aborted, heard]).toEqual([false, []])
})

test('who stopped listening hears nothing', () => {
  const { clock, deadline } = start()
  const heard: string[] = []
  const listener = (): void => void heard.push('late')
  deadline.signal.addEventListener('abort', listener)
  deadline.signal.removeEventListener('abort', listener)
  clock.advance(1_000)
  expect(heard).toEqual([])
})
