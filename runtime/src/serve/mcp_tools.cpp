#include "runtime/src/serve/mcp_tools.h"

#include "runtime/src/serve/flows.h"
#include "runtime/src/serve/schemas.h"

namespace pflow::serve {
namespace {

namespace json = boost::json;

json::object annotations(const pf_served& flow) {
  const bool reads = only_reads(flow);
  json::object made = {{"readOnlyHint", reads}};
  if (!reads) {
    made["destructiveHint"] = has_effect(flow, "fs.write") || has_effect(flow, "process");
    made["idempotentHint"] = false;
  }
  made["openWorldHint"] = has_effect(flow, "net") || has_effect(flow, "process");
  return made;
}

json::object tool(const pf_served& flow) {
  json::object made = {{"name", flow.tool->name}};
  if (flow.tool->doc && *flow.tool->doc) made["description"] = flow.tool->doc;
  made["inputSchema"] = input_schema(flow);
  if (flow.tool->flow->result_count != 0) made["outputSchema"] = output_schema(flow);
  made["annotations"] = annotations(flow);
  return made;
}

}  // namespace

json::array mcp_tools(const pf_program& program) {
  json::array tools;
  for (uint32_t i = 0; i < program.served_count; ++i) tools.push_back(tool(program.served[i]));
  return tools;
}

}  // namespace pflow::serve
