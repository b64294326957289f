/** `import css from './page.css?raw'` gives a file's text: the bundler and the test runner both read it so. */
declare module '*?raw' {
  const text: string
  export default text
}

/** `import script from './main.tsx?bundle'` gives a module and all that it imports, bundled for a browser. */
declare module '*?bundle' {
  const text: string
  export default text
}
