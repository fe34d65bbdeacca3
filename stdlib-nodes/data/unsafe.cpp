// sql_unsafe, shell_unsafe: text as it stands, nothing bound.
#include "data.pf.hpp"
#include "pflow/node.hpp"

pf_status pfn_data_sql_unsafe(pf_call*, const sql_unsafe_in* in, sql_unsafe_out* out) {
  out->query.text = pflow::share(in->text);
  return PF_DONE;
}

pf_status pfn_data_shell_unsafe(pf_call* call, const shell_unsafe_in* in, shell_unsafe_out* out) {
  if (in->text.len != 0 && memchr(in->text.data, '\0', in->text.len))
    return pf_fail(call, PF_E_VALUE, "the command holds a NUL byte");
  out->command.script = pflow::share(in->text);
  return PF_DONE;
}
