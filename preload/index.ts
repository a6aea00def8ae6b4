// The preload script: exposes exactly `window.sesame = { request, on }` to the page, and neither ipcRenderer nor its events.
import { contextBridge, ipcRenderer } from 'electron'
import { createBridge } from './bridge.ts'

contextBridge.exposeInMainWorld('sesame', createBridge(ipcRenderer))
