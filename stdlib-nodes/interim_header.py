import re,sys
src=open(sys.argv[1]).read(); mod=sys.argv[2]
src=re.sub(r'##.*','',src)
B={'str':'pf_str','path':'pf_str','display':'pf_str','int':'int64_t','float':'double','bool':'bool','cmd':'pf_cmd'}
out=['#pragma once','#include "pflow/abi.h"','extern "C" {']
done=set()
def ty(t):
    t=t.strip()
    if t.startswith('['): return 'pf_list'
    if t.endswith('?'):
        n='pf_opt_'+t[:-1]
        if n not in done:
            done.add(n); out.append(f'#ifndef PF_OPT_{t[:-1]}\n#define PF_OPT_{t[:-1]}\ntypedef struct {n} {{ {ty(t[:-1])} value; bool has; }} {n};\n#endif')
        return n
    return B.get(t,t)
def struct(name,ports):
    m=''
    for p in ports:
        p=re.sub(r'^\s*(in|out)\s+','',p.split('=')[0]).strip()
        n,t=p.split(':'); n=n.strip(); n={'default':'default_','stdin':'stdin_','stdout':'stdout_','stderr':'stderr_'}.get(n,n)
        m+=f' {ty(t)} {n};'
    out.append(f'typedef struct {name} {{{m} }} {name};')
for m in re.finditer(r'schema (\w+) \{([^}]*)\}',src):
    struct(m[1],[l for l in m[2].split('\n') if l.strip()])
for m in re.finditer(r'(extern node (\w+)\s*\(([^)]*)\)\s*->\s*\(([^)]*)\))([^\n]*)',src):
    sp=lambda s:[p for p in re.split(r',(?![^"]*"(?:[^"]*"[^"]*")*[^"]*$)',s) if p.strip()]
    struct(m[2]+'_in',sp(m[3])); struct(m[2]+'_out',sp(m[4]))
    out.append(f'pf_status pfn_{mod}_{m[2]}(pf_call *call, const {m[2]}_in *in, {m[2]}_out *out);')
    if 'preflight' in m[5]: out.append(f'bool pfn_{mod}_{m[2]}_preflight(const pf_site *const *sites, size_t count);')
out.append('}')
open(sys.argv[3],'w').write('\n'.join(out)+'\n')
