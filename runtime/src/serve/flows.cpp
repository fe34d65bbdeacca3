#include "runtime/src/serve/flows.h"

#include "pflow/node.hpp"
#include "runtime/src/values/nearest.h"

namespace pflow::serve {

const pf_served* find_flow(const pf_program& program, std::string_view name) {
  for (uint32_t i = 0; i < program.served_count; ++i)
    if (name == program.served[i].tool->name) return &program.served[i];
  return nullptr;
}

std::string no_flow(const pf_program& program, std::string_view name) {
  rt::Nearest nearest(literal(name));
  for (uint32_t i = 0; i < program.served_count; ++i)
    nearest.consider(literal(program.served[i].tool->name));
  std::string told = "there is no flow `" + std::string(name) + "`";
  if (nearest.found())
    return told + "; one with a similar name exists: `" + std::string(view(nearest.best())) + "`";
  return told + "; served are the entry and those with a `##` comment";
}

const pf_type* stream_item(const pf_served& flow) {
  const pf_frame_info& info = *flow.tool->flow;
  if (info.result_count != 1 || info.results[0].type->kind != PF_STREAM) return nullptr;
  return info.results[0].type->element;
}

bool gives_object(const pf_served& flow) {
  const pf_frame_info& info = *flow.tool->flow;
  if (info.result_count != 1) return info.result_count > 1;
  const uint32_t kind = info.results[0].type->kind;
  return kind == PF_RECORD || kind == PF_MAP || kind == PF_SUM;
}

bool has_effect(const pf_served& flow, std::string_view word) {
  for (std::string_view rest = flow.effects; !rest.empty();) {
    const size_t end = std::min(rest.find(' '), rest.size());
    if (rest.substr(0, end) == word) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

bool only_reads(const pf_served& flow) {
  return !has_effect(flow, "fs.write") && !has_effect(flow, "process") && !has_effect(flow, "net");
}

}  // namespace pflow::serve
