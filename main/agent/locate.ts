// Owns putting this machine's facts into the agent's address. Loads node:fs alone, for the command's fast path.
import { type AgentAddress, agentAddress } from './address.ts'
import { folderState } from './own-folder.ts'

/** Where the agent of this configuration folder (an absolute path) listens on this machine. */
export const locateAgent = (configDir: string): AgentAddress =>
  agentAddress({
    configDir,
    platform: process.platform,
    env: process.env,
    uid: process.getuid?.(),
    isOwnFolder: (path) => folderState(path) === 'own',
  })
