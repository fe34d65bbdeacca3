// read_lines: the lines share the chunks they are read in.
#include "formats.pf.hpp"
#include "line_source.h"

namespace {

class FileLines : public pflow::Stream<FileLines, pf_str> {
 public:
  FileLines(int fd, const pf_str& path, const pf_site* site) : source_(fd, path, site) {}
  pf_status next(pf_call* call, pf_str* out) { return source_.next(call, out); }
  [[nodiscard]] int file() const { return source_.file(); }
  [[nodiscard]] pf_place at() const { return source_.at(); }
  void go_to(const pf_place& place) { source_.go_to(place); }
  void begin_at(int64_t offset) { source_.begin_at(offset); }

 private:
  pf_formats::LineSource source_;
};

}  // namespace

pf_status pfn_formats_read_lines(pf_call* call, const read_lines_in* in, read_lines_out* out) {
  int fd = pf_formats::open_source(call, in->path);
  if (fd < 0) return PF_FAILED;
  out->lines = pflow::make_stream<FileLines>(&pflow::kStr, fd, in->path, call->site);
  return PF_DONE;
}
