/** `net`: fetch with file: URLs, which Node's own has not, and the network state that a test may set. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loud } from '../loud.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

let isOnline = true
const listeners = new Set<(isOnline: boolean) => void>()

/** For tests: the machine loses or gets its network. */
export function setOnline(value: boolean): void {
  isOnline = value
  for (const listener of listeners) listener(value)
}

/** Calls back at once and at every change; the answer stops it. */
export function followOnline(listener: (isOnline: boolean) => void): () => void {
  listeners.add(listener)
  listener(isOnline)
  return () => listeners.delete(listener)
}

async function fetchFile(url: string): Promise<Response> {
  try {
    const path = fileURLToPath(url)
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    return new Response(await readFile(path), { headers: { 'content-type': type } })
  } catch {
    throw new Error('net::ERR_FILE_NOT_FOUND')
  }
}

export const net = loud('net', {
  async fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const url = typeof input === 'string' ? input : input.url
    return url.startsWith('file:') ? await fetchFile(url) : await fetch(input, init)
  },
  isOnline: () => isOnline,
  get online(): boolean {
    return isOnline
  },
} satisfies Partial<Record<keyof Electron.Net, unknown>>)
