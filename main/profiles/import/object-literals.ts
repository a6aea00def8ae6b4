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
