// Lays one graph out: ELK's JSON on standard input, the same with coordinates on standard output.
import ELK from "elkjs/lib/elk.bundled.js";

let text = "";
for await (const piece of process.stdin.setEncoding("utf8")) text += piece;
const graph = await new ELK().layout(JSON.parse(text));
process.stdout.write(JSON.stringify(graph));
