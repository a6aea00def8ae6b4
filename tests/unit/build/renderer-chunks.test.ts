import { expect, test } from 'vitest'
import { chunkNames } from '../../../build/renderer-chunks.ts'

const imports: Record<string, readonly string[]> = {
  '/app/index.html': ['/app/main.tsx'],
  '/app/main.tsx': ['/app/list.tsx', '/lib/react.js'],
  '/app/list.tsx': ['/lib/react.js', '/app/main.tsx'],
  '/lib/react.js': [],
  // Imported when it opens, which is no import of the graph below.
  '/app/dialog.tsx': ['/lib/react.js', '/lib/qr.js'],
  '/lib/qr.js': [],
}
const graph = { getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [] }) }

test('what the window starts with is one file, what opens later another', () => {
  const nameOf = chunkNames('/app/index.html')
  const names = Object.keys(imports).map((id) => [id, nameOf(id, graph)])
  expect(Object.fromEntries(names)).toEqual({
    '/app/index.html': 'window',
    '/app/main.tsx': 'window',
    '/app/list.tsx': 'window',
    '/lib/react.js': 'window',
    '/app/dialog.tsx': 'dialogs',
    '/lib/qr.js': 'dialogs',
  })
})
