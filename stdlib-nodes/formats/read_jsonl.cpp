// read_jsonl: each line read straight into a value of the schema's type.
#include <stdio.h>

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
      pflow::Text why(at_line(problem, message.view()));
      pf_note_skipped(site_, problem.kind, &why.get());
    }
  }

  [[nodiscard]] int file() const { return source_.file(); }
  [[nodiscard]] pf_place at() const {
    pf_place place = source_.at();
    place.items = items_;
    return place;
  }
  void go_to(const pf_place& place) {
    source_.go_to(place);
    items_ = place.items;
  }
  void begin_at(int64_t offset) {
    source_.begin_at(offset);
    skip_ = false;
  }

 private:
  static bool is_blank(std::string_view line) {
    for (char c : line)
      if (c != ' ' && c != '\t' && c != '\r') return false;
    return true;
  }

  /// "`path`, line 3, column 7: no JSON: …".
  pf_str at_line(const pf_json_problem& problem, std::string_view message) {
    char place[64];
    if (problem.kind == PF_E_PARSE)
      snprintf(place, sizeof(place), "`, line %zu, column %zu: no JSON: ", source_.line(),
               problem.offset + 1);
    else
      snprintf(place, sizeof(place), "`, line %zu: ", source_.line());
    return pflow::join({"`", source_.path(), place, message});
  }

  pf_status bad_line(pf_call* call, const pf_json_problem& problem, std::string_view message) {
    pflow::Text why(at_line(problem, message));
    return pflow::fail(call, problem.kind, why.view());
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
