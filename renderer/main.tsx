// The renderer's start: styles, the connection to main, the first render.
import './styles/global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { connect } from './state/index.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

connect(window.sesame)
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
