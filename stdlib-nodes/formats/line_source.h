/// A text file that is read line by line, and what can go wrong with it.
#pragma once

#include "pflow/lines.hpp"
#include "stdlib-nodes/files/descriptor.h"

namespace pf_formats {

class LineSource {
 public:
  /// Takes over the descriptor; the path is shared. `site` is the stage that reads.
  LineSource(int fd, const pf_str& path, const pf_site* site, bool keep_returns = false)
      : path_(pflow::share(path)), site_(site), file_(fd), reader_(fd, keep_returns) {}

  /// PF_DONE with the next line, handed over; PF_END; PF_FAILED after `call` was failed.
  /// A call that stands nowhere, as of a program's result, fails at the stage that reads.
  /// Lines that are no text are left out where they are counted in `skipped`.
  pf_status next(pf_call* call, pf_str* out, int64_t* skipped = nullptr);
  /// The number of the last line, from 1.
  [[nodiscard]] size_t line() const { return reader_.line(); }
  /// What `pf_places` says.
  [[nodiscard]] int file() const { return file_.get(); }
  [[nodiscard]] pf_place at() const {
    return {reader_.offset(), static_cast<int64_t>(reader_.line()), 0};
  }
  void go_to(const pf_place& place) {
    reader_.go_to(place.offset, static_cast<size_t>(place.line));
  }
  void begin_at(int64_t offset) { reader_.begin_at(offset); }
  [[nodiscard]] std::string_view path() const { return path_.view(); }

 private:
  void note_no_text();

  pflow::Text path_;
  const pf_site* site_;
  pf_files::Descriptor file_;
  pflow::LineReader reader_;
};

/// Opens a file to read; the descriptor, or -1 after `call` was failed.
int open_source(pf_call* call, const pf_str& path);

/// "`path`, line 3" for errors.
#define PF_AT_LINE "`%.*s`, line %zu"

}  // namespace pf_formats
