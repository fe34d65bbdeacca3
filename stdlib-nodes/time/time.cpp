// now, parse_time, format_time.
#include <stdlib.h>
#include <time.h>

#include "by_format.h"
#include "instant.h"
#include "pflow/node.hpp"
#include "pflow/timer.h"
#include "time.pf.hpp"

namespace {

int shown(std::string_view text) { return static_cast<int>(text.size() < 80 ? text.size() : 80); }

pf_status not_a_time(pf_call* call, std::string_view text, const char* expected) {
  return pf_fail(call, PF_E_VALUE, "`%.*s` is no time; expected %s", shown(text), text.data(),
                 expected);
}

pf_status parse_by(pf_call* call, const parse_time_in* in, parse_time_out* out) {
  pflow::CText text(in->text), format(in->format.value);
  std::string_view shown_text = pflow::view(in->text), words = pflow::view(in->format.value);
  time_t seconds = 0;
  const char* wrong = text.ok() && format.ok()
                          ? pf_time::read_by_format(text.c_str(), format.c_str(), seconds)
                          : "";
  if (wrong)
    return pf_fail(call, PF_E_VALUE, "`%.*s` is no time in the form `%.*s`%s%s", shown(shown_text),
                   shown_text.data(), shown(words), words.data(), *wrong ? ": " : "", wrong);
  if (pf_time::join_time(seconds, 0, out->time)) return PF_DONE;
  return not_a_time(call, shown_text, "one between the years 1677 and 2262");
}

}  // namespace

pf_status pfn_time_now(pf_call*, const now_in*, now_out* out) {
  out->time = pf_time::rfc3339(pf_wall_clock());
  return PF_DONE;
}

pf_status pfn_time_parse_time(pf_call* call, const parse_time_in* in, parse_time_out* out) {
  if (in->format.has) return parse_by(call, in, out);
  std::string_view text = pflow::view(in->text);
  if (pf_time::read_rfc3339(text, out->time)) return PF_DONE;
  return not_a_time(call, text, "one as 2026-01-31T09:30:00Z");
}

pf_status pfn_time_format_time(pf_call* call, const format_time_in* in, format_time_out* out) {
  constexpr size_t kMost = 1 << 16;
  pflow::CText format(in->format);
  if (!format.ok()) return pf_fail(call, PF_E_VALUE, "`format` holds a zero byte");
  if (in->format.len == 0) return PF_DONE;
  time_t seconds = pf_time::whole_seconds(in->time);
  struct tm parts;
  gmtime_r(&seconds, &parts);
  // The blank in front tells an empty result from one that is too long.
  pflow::Text spaced(pflow::join({" ", pflow::view(in->format), std::string_view("\0", 1)}));
  for (size_t room = 256; room <= kMost; room *= 4) {
    char* bytes;
    pflow::Text made(pf_str_new(room, &bytes));
    size_t len = strftime(bytes, room, spaced.view().data(), &parts);
    if (len == 0) continue;
    out->text = pflow::text({bytes + 1, len - 1});
    return PF_DONE;
  }
  return pf_fail(call, PF_E_VALUE, "`format` makes a text that is too long");
}
