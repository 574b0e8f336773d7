// Node.js loads this before the CDK CLI when that deploys to the embedded AWS (cdk.py). The CLI looks every 5 s
// whether CloudFormation is done; the embedded AWS is done within one or two. Nothing else is touched.
if (/[\\/]cdk$/.test(process.argv[1] ?? "")) {
  const CLI_POLL_MS = 5000;
  const later = globalThis.setTimeout;
  const sooner = (run, ms, ...rest) => later(run, ms === CLI_POLL_MS ? 200 : ms, ...rest);
  globalThis.setTimeout = Object.assign(sooner, later);
}
