// One SHACL engine of npm on one file: see `peers.py`. Run from a folder with its packages:
// `node peer_engines.mjs ENGINE DATA SHAPES` prints seconds, megabytes and the results as JSON.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [engine, data, shapes] = process.argv.slice(2)
const require = createRequire(path.join(process.cwd(), 'index.js'))
const load = async (name) => import(pathToFileURL(require.resolve(name)))
const { Parser, Store } = require('n3')
const factory = (await load('@rdfjs/data-model')).default
const { default: Validator } = engine === 'shacl-engine'
  ? await load('shacl-engine/Validator.js')
  : await load('rdf-validate-shacl')

const read = (file) => new Store(new Parser().parse(fs.readFileSync(file, 'utf8')))
const text = (term) => {
  if (!term) return null
  if (term.termType === 'NamedNode') return `<${term.value}>`
  if (term.termType === 'BlankNode') return '_:'
  const words = JSON.stringify(term.value)
  return term.language ? `${words}@${term.language}` : `${words}^^<${term.datatype.value}>`
}
// A path is a term, or a list of steps of which a single one is a plain predicate.
const pathText = (path) => {
  if (!path) return null
  if (path.termType) return path.termType === 'NamedNode' ? text(path) : '(path)'
  const [step, ...more] = path
  const plain = step && !more.length && step.quantifier === 'one' && step.start === 'subject'
  return plain && step.predicates.length === 1 ? text(step.predicates[0]) : '(path)'
}
const term = (pointer) => pointer?.term ?? pointer

const start = performance.now()
const options = engine === 'shacl-engine' ? { factory } : {}
const validator = new Validator(read(shapes), options)
const dataset = read(data)
const report = await validator.validate(engine === 'shacl-engine' ? { dataset } : dataset)
const seconds = (performance.now() - start) / 1000
const rows = report.results.map((result) => [
  text(term(result.focusNode)),
  pathText(result.path),
  (result.constraintComponent ?? result.sourceConstraintComponent).value,
  text(term(result.value))
])
console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, rows }))
