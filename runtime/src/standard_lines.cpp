#include "runtime/src/standard_lines.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include <new>

#include "pflow/lines.hpp"
#include "runtime/src/memory.h"
#include "runtime/src/result.h"

namespace pflow::rt {
namespace {

struct StandardLines {
  pf_stream head;
  LineReader reader;
};

/// What was printed is seen before anybody types an answer to it.
void flush_before_waiting() {
  pollfd input = {STDIN_FILENO, POLLIN, 0};
  if (poll(&input, 1, 0) == 0) flush_results();
}

int32_t next_line(pf_stream* stream, pf_call* call, void* out) {
  LineReader& reader = reinterpret_cast<StandardLines*>(stream)->reader;
  if (reader.must_read()) flush_before_waiting();
  switch (reader.next(static_cast<pf_str*>(out))) {
    case LineReader::Line: return PF_DONE;
    case LineReader::End: return PF_END;
    case LineReader::Unreadable: break;
    case LineReader::NotText:
      return pf_fail(call, PF_E_PARSE, "standard input is not UTF-8: byte 0x%02x at offset %zu",
                     reader.bad_byte(), reader.offset());
  }
  return pf_fail(call, PF_E_IO, "cannot read standard input: %s", strerror(errno));
}

void close_lines(pf_stream* stream) {
  auto* self = reinterpret_cast<StandardLines*>(stream);
  self->reader.~LineReader();
  free(self);
}

constexpr pf_stream_ops kOps = {next_line, close_lines};

}  // namespace

pf_stream* standard_lines(const pf_type* item) {
  auto* self = static_cast<StandardLines*>(allocate(sizeof(StandardLines)));
  self->head = {.ops = &kOps, .item = item, .shares = 0};
  new (&self->reader) LineReader(STDIN_FILENO);
  return &self->head;
}

}  // namespace pflow::rt
