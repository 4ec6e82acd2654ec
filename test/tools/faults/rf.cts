import { runRefunds, tableOfRefunds } from '/tmp/h/pay/test/tools/faults/refunds.cts';
const t=Date.now();
runRefunds(7, 40).then((r) => { console.log(tableOfRefunds(r)); console.log((Date.now()-t)/1000, 's', r.flatMap((x) => x.wrong).length); process.exit(0); });
