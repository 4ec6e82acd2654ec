import { startInChild } from './fake/child.cts';
import { node, bareHelper } from './bench/contenders.cts';
const delay = Number(process.argv[2] ?? 0), rounds = Number(process.argv[3] ?? 5), c = Number(process.argv[4] ?? 10), n = delay ? 300 : 600;
(async()=>{
 const fake = await startInChild({delay, record:false, signOncePerSecond:true});
 const mk = async (n:number)=>{ await fake.ask({ask:'reset'}); return {baseUrl:fake.baseUrl, credential:fake.credential, ...(await fake.ask({ask:'seed',orders:n}))}};
 const rs: Record<string, number[]> = {node:[],helper:[]};
 await node(await mk(300),c); await bareHelper(await mk(300),c);
 for (let i=0;i<rounds;i++) for (const [name,con] of [['node',node],['helper',bareHelper]] as const) {
   const calls=await mk(n); const ms=await con(calls,c); rs[name].push(n*1000/ms);
 }
 const med=(a:number[])=>[...a].sort((x,y)=>x-y)[a.length>>1];
 console.log(process.argv[5] ?? '', 'delay',delay,'node',med(rs.node).toFixed(0),'helper',med(rs.helper).toFixed(0),'ratio',(med(rs.node)/med(rs.helper)).toFixed(3));
 await fake.stop(); process.exit();
})();
