// read_jsonl: each line read straight into a value of the schema's type.
#include "formats.pf.hpp"
#include "line_source.h"

namespace {

class JsonLines : public pflow::Stream<JsonLines, void> {
 public:
  JsonLines(int fd, const pf_str& path, const pf_type* type, const pf_site* site, bool skip)
      : source_(fd, path, site), type_(type), site_(site), skip_(skip) {}
  ~JsonLines() {
    if (skipped_ != 0) pf_count_skipped(site_, skipped_, items_ + skipped_);
  }

  pf_status next(pf_call* call, void* out) {
    for (;;) {
      pf_str line;
      pf_status status = source_.next(call, &line, skip_ ? &skipped_ : nullptr);
      if (status != PF_DONE) return status;
      pflow::Text held(line);
      if (is_blank(pflow::view(line))) continue;
      pf_json_problem problem;
      if (pf_json_decode(&line, type_, out, &problem)) {
        ++items_;
        return PF_DONE;
      }
      pflow::Text message(problem.message);
      if (!skip_) return bad_line(call, problem, message.view());
      ++skipped_;
    }
  }

 private:
  static bool is_blank(std::string_view line) {
    for (char c : line)
      if (c != ' ' && c != '\t' && c != '\r') return false;
    return true;
  }

  pf_status bad_line(pf_call* call, const pf_json_problem& problem, std::string_view message) {
    auto shown = static_cast<int>(message.size());
    auto path = static_cast<int>(source_.path().size());
    if (problem.kind == PF_E_PARSE)
      return pf_fail(call, PF_E_PARSE, PF_AT_LINE ", column %zu: no JSON: %.*s", path,
                     source_.path().data(), source_.line(), problem.offset + 1, shown,
                     message.data());
    return pf_fail(call, problem.kind, PF_AT_LINE ": %.*s", path, source_.path().data(),
                   source_.line(), shown, message.data());
  }

  pf_formats::LineSource source_;
  const pf_type* type_;
  const pf_site* site_;
  bool skip_;
  int64_t items_ = 0;  ///< that were good
  int64_t skipped_ = 0;
};

}  // namespace

pf_status pfn_formats_read_jsonl(pf_call* call, const read_jsonl_in* in, read_jsonl_out* out) {
  int fd = pf_formats::open_source(call, in->path);
  if (fd < 0) return PF_FAILED;
  bool skip = pflow::view(in->on_bad) == "skip";
  out->items =
      pflow::make_stream<JsonLines>(in->type_T, fd, in->path, in->type_T, call->site, skip);
  return PF_DONE;
}
