// Owns how requests to the router are addressed.
import type { AgentRequest } from '../agent/ask-socket.ts'

type ProfileAction =
  | 'credentials'
  | 'tokens'
  | 'claims'
  | 'sign-in'
  | 'sign-in/browser'
  | 'forgot-password'
  | 'refresh'
  | 'test'
  | 'sign-out'
  | 'console'
  | 'doctor'

const at = (name: string, action?: string): string =>
  `/v1/profiles/${encodeURIComponent(name)}${action === undefined ? '' : `/${action}`}`

export const get = (name: string, action?: ProfileAction | `credentials/${string}`): AgentRequest => ({
  method: 'GET',
  path: at(name, action),
})

export const post = (name: string, action: ProfileAction, body?: unknown): AgentRequest => ({
  method: 'POST',
  path: at(name, action),
  ...(body === undefined ? {} : { body }),
})

export const patch = (name: string, body: unknown): AgentRequest => ({
  method: 'PATCH',
  path: at(name),
  body,
})

export const remove = (name: string): AgentRequest => ({ method: 'DELETE', path: at(name) })
