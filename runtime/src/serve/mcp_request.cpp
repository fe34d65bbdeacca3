#include "runtime/src/serve/mcp_request.h"

namespace pflow::serve {

namespace json = boost::json;

json::object server_info(const pf_program& program) {
  return {{"name", program.name}, {"version", PFLOW_VERSION}};
}

void finish_result(json::object& result, const McpRequest& request, const pf_program& program) {
  if (!request.modern) return;
  result["resultType"] = "complete";
  result["_meta"] = json::object{{"io.modelcontextprotocol/serverInfo", server_info(program)}};
}

}  // namespace pflow::serve
