// parse_json, to_json, pretty_json.
#include "data.pf.hpp"
#include "pflow/node.hpp"

pf_status pfn_data_parse_json(pf_call* call, const parse_json_in* in, parse_json_out* out) {
  return pf_json_read(call, &in->text, in->type_T, out->value);
}

pf_status pfn_data_to_json(pf_call*, const to_json_in* in, to_json_out* out) {
  out->text = pf_json_text(in->value, in->type_T, 0);
  return PF_DONE;
}

pf_status pfn_data_pretty_json(pf_call* call, const pretty_json_in* in, pretty_json_out* out) {
  constexpr int64_t kWidest = 16;
  if (in->indent < 0 || in->indent > kWidest)
    return pf_fail(call, PF_E_VALUE, "`indent` is %lld: expected 0 to %lld",
                   static_cast<long long>(in->indent), static_cast<long long>(kWidest));
  out->text = pf_json_text(in->value, in->type_T, static_cast<int>(in->indent));
  return PF_DONE;
}
