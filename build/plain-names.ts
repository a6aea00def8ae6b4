// Owns a step of the renderer's build: Radix writes the name of every function and component down at run time, for stack traces
// (esbuild's `keepNames`) and developer tools (`displayName`). Without that it is smaller, and what nobody uses can be left out.
import { type Plugin, parseAst } from 'vite'

interface AstNode {
  readonly type: string
  readonly start: number
  readonly end: number
}

interface NameCall extends AstNode {
  readonly arguments: readonly [AstNode, AstNode]
}

const isNode = (value: unknown): value is AstNode =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value

const isNameCall = (node: AstNode): node is NameCall =>
  node.type === 'CallExpression' &&
  'callee' in node &&
  isNode(node.callee) &&
  'name' in node.callee &&
  node.callee.name === '__name'

const setsDisplayName = (node: AstNode): boolean =>
  node.type === 'AssignmentExpression' &&
  'left' in node &&
  isNode(node.left) &&
  'property' in node.left &&
  isNode(node.left.property) &&
  'name' in node.left.property &&
  node.left.property.name === 'displayName'

/** `X.displayName = 'X'`, `__name(x, 'x')` and, in a class, `static { __name(this, 'X') }`. */
const onlyNames = (node: AstNode): boolean => {
  if (node.type === 'StaticBlock')
    return 'body' in node && Array.isArray(node.body) && node.body.every(onlyNames)
  return (
    node.type === 'ExpressionStatement' &&
    'expression' in node &&
    isNode(node.expression) &&
    (isNameCall(node.expression) || setsDisplayName(node.expression))
  )
}

/** The code without its names: each `__name(f, 'f')` is `(f)`. */
export const withoutNames = (code: string): string => {
  const cuts: { readonly start: number; readonly end: number; readonly by: string }[] = []
  const visit = (node: AstNode): void => {
    if (onlyNames(node)) {
      cuts.push({ start: node.start, end: node.end, by: '' })
      return
    }
    if (isNameCall(node)) {
      const [named] = node.arguments
      cuts.push(
        { start: node.start, end: named.start, by: '(' },
        { start: named.end, end: node.end, by: ')' },
      )
    }
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child)
  }
  visit(parseAst(code))
  let result = code
  for (const { start, end, by } of cuts.toSorted((a, b) => b.start - a.start))
    result = result.slice(0, start) + by + result.slice(end)
  return result
}

/** Takes the names off Radix's packages. */
export const plainNames = (): Plugin => ({
  name: 'sesame:plain-names',
  apply: 'build',
  transform: {
    filter: { id: /node_modules[\\/]@radix-ui[\\/]/ },
    handler: (code) => withoutNames(code),
  },
})
