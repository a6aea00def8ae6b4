// Owns how the renderer is cut into files: one that the window starts with, one with everything that is opened later. More
// files would be more to read before the first paint, and a small file compresses badly.
import { normalizePath } from 'vite'

/** As much as is needed of what the bundler tells about the modules it has seen. */
interface Graph {
  getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null
}

/** A chunk's name for each module, by whether the entry needs it at once. */
export const chunkNames = (entry: string): ((id: string, graph: Graph) => string) => {
  const atOnce = new Set<string>()
  const add = (id: string, graph: Graph): void => {
    if (atOnce.has(id)) return
    atOnce.add(id)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) add(imported, graph)
  }
  return (id, graph) => {
    if (atOnce.size === 0) add(normalizePath(entry), graph)
    return atOnce.has(id) ? 'window' : 'dialogs'
  }
}
