import { expect, test } from 'vitest'
import { withoutNames } from '../../../build/plain-names.ts'

test.each([
  ['a function', 'const f = __name(() => 1, "f");', 'const f = (() => 1);'],
  [
    'one inside another',
    'const f = __name(() => __name(() => 1, "g"), "f");',
    'const f = (() => (() => 1));',
  ],
  ['a declared function', 'function f() {}\n__name(f, "f");', 'function f() {}\n'],
  ['a component', 'const X = () => 1;\nX.displayName = "X";', 'const X = () => 1;\n'],
  ['a class', 'class A { static { __name(this, "A"); } a = 1 }', 'class A {  a = 1 }'],
])('takes the name off %s', (_what, code, plain) => {
  expect(withoutNames(code)).toBe(plain)
})

test.each([
  ['what does something besides', 'class A { static { start(); } }'],
  ['another property', 'X.name = "X";'],
  ['another function', 'const f = named(() => 1, "f");'],
])('leaves %s alone', (_what, code) => {
  expect(withoutNames(code)).toBe(code)
})
