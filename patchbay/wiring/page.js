"use strict";
const svg = document.querySelector("svg.map");
const all = (query, root = document) => [...root.querySelectorAll(query)];
const nodes = all("[data-id]", svg), parts = all("[data-id],[data-row]", svg), links = all("[data-from]", svg);
const notes = all("[data-node]");
const field = document.querySelector("input[type=search]");

// What belongs to a node: its wires, what they join, and the aliases of its functions.
function related(id) {
  const own = nodes.find((node) => node.dataset.id === id);
  const row = own?.dataset.row;
  const ids = new Set([id, row].filter(Boolean));
  const wires = links.filter(({ dataset: { from, to, instance } }) => [from, to, instance].some((end) => ids.has(end)));
  for (const { dataset } of wires) for (const end of [dataset.from, dataset.to, dataset.instance]) ids.add(end);
  if (id.startsWith("instance:")) for (const node of nodes) if (node.dataset.instance === id) ids.add(node.dataset.id);
  const region = own?.dataset.region;
  const joined = parts.filter(({ dataset }) =>
    ids.has(dataset.id) || ids.has(dataset.row) || (region && id.startsWith("region:") && dataset.region === region));
  return [...joined, ...wires];
}
function light(elements) {
  for (const lit of all(".lit", svg)) lit.classList.remove("lit");
  svg.classList.toggle("focus", elements.length > 0);
  for (const element of elements) element.classList.add("lit");
}
function search() {
  const words = field.value.trim().toLowerCase();
  const has = (element) => element.textContent.toLowerCase().includes(words);
  for (const note of notes) note.hidden = words !== "" && !has(note);
  light(words === "" ? [] : nodes.filter((node) => has(node)));
}
for (const node of nodes) {
  node.setAttribute("tabindex", "0");
  for (const start of ["mouseenter", "focus"]) node.addEventListener(start, () => light(related(node.dataset.id)));
  for (const end of ["mouseleave", "blur"]) node.addEventListener(end, search);
}
for (const link of links) {
  const { from, to } = link.dataset;
  link.addEventListener("mouseenter", () => light([
    ...links.filter(({ dataset }) => dataset.from === from && dataset.to === to),
    ...parts.filter(({ dataset }) => [from, to].includes(dataset.id) || dataset.row === to)]));
  link.addEventListener("mouseleave", search);
}
for (const note of notes) {
  const node = () => nodes.filter(({ dataset }) => dataset.id === note.dataset.node);
  note.addEventListener("mouseenter", () => light(node().length ? related(note.dataset.node) : []));
  note.addEventListener("mouseleave", search);
  note.addEventListener("click", () => node()[0]?.scrollIntoView({ behavior: "smooth", block: "center" }));
}
field.addEventListener("input", search);
