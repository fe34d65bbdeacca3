#include "line_source.h"

#include <stdio.h>
#include <sys/stat.h>

#include "stdlib-nodes/files/path_text.h"
#include "stdlib-nodes/files/read_whole.h"

namespace pf_formats {

pf_status LineSource::next(pf_call* call, pf_str* out, int64_t* skipped) {
  if (!call->site) call->site = site_;
  pflow::LineReader::Result result = reader_.next(out);
  while (skipped && result == pflow::LineReader::NotText) {
    ++*skipped;
    note_no_text();
    result = reader_.drop_line();
    if (result == pflow::LineReader::Line) result = reader_.next(out);
  }
  switch (result) {
    case pflow::LineReader::Line: return PF_DONE;
    case pflow::LineReader::End: return PF_END;
    case pflow::LineReader::NotText: {
      pflow::Text shown(pflow::join({"`", path(), "`"}));
      return pflow::fail_not_text(call, PF_E_IO, shown.view(), reader_.problem());
    }
    case pflow::LineReader::Unreadable: break;
  }
  return pf_fail(call, PF_E_IO, "cannot read `%.*s`: %s", static_cast<int>(path().size()),
                 path().data(), pf_files::reason(errno));
}

/// Tells why the line is left out.
void LineSource::note_no_text() {
  char place[32];
  snprintf(place, sizeof(place), "`, line %zu ", reader_.line() + 1);
  pflow::Text why(pflow::join({"`", path(), place, reader_.problem_in_line().message}));
  pf_note_skipped(site_, PF_E_PARSE, &why.get());
}

int open_source(pf_call* call, const pf_str& path) {
  pf_files::PathText name;
  if (!name.set(call, path)) return -1;
  int fd = pf_files::open_to_read(name.c_str());
  if (fd < 0) pf_files::cannot_read(call, name.c_str(), errno);
  return fd;
}

}  // namespace pf_formats
