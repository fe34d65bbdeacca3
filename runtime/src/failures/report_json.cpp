#include "runtime/src/failures/report_json.h"

#include "runtime/src/failures/failure.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"

namespace pflow::rt {
namespace {

bool g_json;

void add_json_member(Buffer& out, const char* name, const char* text) {
  out.format(",\"%s\":", name);
  if (text && *text)
    add_json_string(out, view(text));
  else
    out.add("null");
}

void add_error_json(Buffer& out, const Report& report) {
  const pf_site* site = report.site;
  out.format("{\"kind\":\"%s\",\"code\":\"PF09%02d\",\"message\":", kind_name(report.kind),
             static_cast<int>(report.kind));
  add_json_string(out, report.message);
  add_json_member(out, "node", site ? site->node : nullptr);
  add_json_member(out, "file", site ? site->file : nullptr);
  if (site && site->line != 0)
    out.format(",\"line\":%u,\"column\":%u", site->line, site->column);
  else
    out.add(",\"line\":null,\"column\":null");
  if (report.attempt > 1) out.format(",\"attempt\":%lld", static_cast<long long>(report.attempt));
  if (report.data && report.data->kind != PF_JSON_NULL) {
    out.add(",\"data\":");
    add_json(out, report.data, &kJsonType);
  }
  if (report.first) {
    out.add(",\"first\":");
    add_error_json(out, report_of(*report.first));
  }
  out.add('}');
}

}  // namespace

void add_report_json(Buffer& out, const Report& report) {
  out.add("{\"error\":");
  add_error_json(out, report);
  out.add("}\n");
}

void set_json_output(bool json) {
  g_json = json;
  set_report_form(json ? add_report_json : nullptr);
}

bool json_output() { return g_json; }

}  // namespace pflow::rt
