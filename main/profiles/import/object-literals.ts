// Owns reading the object literals of a JavaScript file. Nothing of it is run: what is not written out is not there.
import {
  type Expression,
  type Node,
  type ObjectExpression,
  type Program,
  parse,
  type SpreadElement,
} from 'acorn'
import type { Data, DataObject } from './candidate.ts'

const nameOf = (property: ObjectExpression['properties'][number]): string | undefined => {
  if (property.type !== 'Property' || property.kind !== 'init' || property.method) return undefined
  if (property.key.type === 'Identifier' && !property.computed) return property.key.name
  return property.key.type === 'Literal' && typeof property.key.value === 'string'
    ? property.key.value
    : undefined
}

const objectOf = (node: ObjectExpression): DataObject => {
  const entries = node.properties.flatMap((property): [string, Data][] => {
    const name = nameOf(property)
    const value = name === undefined || property.type !== 'Property' ? undefined : valueOf(property.value)
    return name === undefined || value === undefined ? [] : [[name, value]]
  })
  // fromEntries makes own properties, so "__proto__" is a name like any other.
  return Object.fromEntries(entries)
}

/** What an expression says by itself; undefined where that would take running it. */
const valueOf = (node: Expression | SpreadElement): Data | undefined => {
  if (node.type === 'ObjectExpression') return objectOf(node)
  if (node.type === 'TemplateLiteral')
    return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined
  if (node.type === 'ArrayExpression')
    return node.elements.flatMap((element) => {
      const value = element === null ? undefined : valueOf(element)
      return value === undefined ? [] : [value]
    })
  if (node.type !== 'Literal') return undefined
  const { value } = node
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined
}

/** The expressions a file hands out or gives a name: `const x = …`, `export default …`, `module.exports = …`, `f(…)`. */
const expressionsOf = (statement: Program['body'][number]): readonly Node[] => {
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.flatMap(({ init }) => init ?? [])
  if (statement.type === 'ExportDefaultDeclaration') return [statement.declaration]
  if (statement.type === 'ExportNamedDeclaration')
    return statement.declaration ? expressionsOf(statement.declaration) : []
  if (statement.type !== 'ExpressionStatement') return []
  const { expression } = statement
  if (expression.type === 'AssignmentExpression') return [expression.right]
  return expression.type === 'CallExpression' ? expression.arguments : []
}

const isObjectExpression = (node: Node): node is ObjectExpression => node.type === 'ObjectExpression'

/** Parsed as a whole, so that what follows the literal counts too; the bracket before it shifts its first line by one. */
const bracketed = (source: string): string => `(${source}\n)`

/** The one literal that a text is: JSON as people edit it, with comments or a comma too many. */
export const readLiteral = (source: string): Data | undefined => {
  try {
    const { body } = parse(bracketed(source), { ecmaVersion: 'latest' })
    const [statement] = body
    return body.length === 1 && statement?.type === 'ExpressionStatement'
      ? valueOf(statement.expression)
      : undefined
  } catch {
    return undefined
  }
}

/** Where a text stops being what it looks like; both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

const placeOf = (error: unknown): { line: number; column: number } | undefined => {
  const loc: unknown = error instanceof SyntaxError && 'loc' in error ? error.loc : undefined
  if (typeof loc !== 'object' || loc === null || !('line' in loc) || !('column' in loc)) return undefined
  const { line, column } = loc
  return typeof line === 'number' && typeof column === 'number' ? { line, column } : undefined
}

/** The first mistake in a text that looks like a configuration, never what stands there; undefined for any other text. */
export const findMistake = (source: string): Place | undefined => {
  if (!source.includes('{')) return undefined
  const isLiteral = /^\s*[{[]/.test(source)
  try {
    parse(isLiteral ? bracketed(source) : source, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowReturnOutsideFunction: true,
    })
    return undefined
  } catch (error) {
    const place = placeOf(error)
    if (place === undefined) return undefined
    const { line, column } = place
    const lines = source.split('\n').length
    // What breaks off is missed at the bracket of ours, one line below.
    if (line > lines) return { line: lines, column: (source.split('\n').at(-1)?.length ?? 0) + 1 }
    return { line, column: isLiteral && line === 1 ? column : column + 1 }
  }
}

/** The object literals at the top of a script or module, in order; none where the text is no JavaScript. */
export const readObjectLiterals = (source: string): readonly DataObject[] => {
  try {
    const { body } = parse(source, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowReturnOutsideFunction: true,
    })
    return body.flatMap(expressionsOf).filter(isObjectExpression).map(objectOf)
  } catch {
    return [] // no JavaScript, or nested more deeply than anybody writes
  }
}
