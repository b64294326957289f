/** `import css from './page.css?raw'` gives a file's text: the bundler and the test runner both read it so. */
declare module '*?raw' {
  const text: string
  export default text
}
