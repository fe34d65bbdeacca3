// write_lines, write_jsonl: a stream pulled to its end, an item a line.
#include "formats.pf.hpp"
#include "line_target.h"

namespace {

/// One run; the outputs lie in the caller's frame.
struct Writing {
  pf_formats::LineTarget target;
  const pf_str* path;
  const pf_type* item;  ///< what is written as JSON; null: text as it is
  pf_str* out_path;
  int64_t* out_count;
};

pf_status take(pf_call* call, void* state, const void* item) {
  auto* writing = static_cast<Writing*>(state);
  bool ok;
  if (writing->item) {
    pflow::Text line(pf_json_text(item, writing->item, 0));
    ok = writing->target.add_line(call, line.view());
  } else {
    ok = writing->target.add_line(call, pflow::view(*static_cast<const pf_str*>(item)));
  }
  ++*writing->out_count;
  return ok ? PF_DONE : PF_FAILED;
}

pf_status end(pf_call* call, void* state, pf_status status) {
  auto* writing = static_cast<Writing*>(state);
  if (status == PF_DONE && !writing->target.finish(call)) status = PF_FAILED;
  if (status == PF_DONE) *writing->out_path = pflow::share(*writing->path);
  pflow::destroy(writing);
  return status;
}

constexpr pf_consumer kWriting = {take, end};

pf_status write(pf_call* call, const pf_str& path, pf_stream* items, bool append,
                const pf_type* item, pf_str* out_path, int64_t* out_count) {
  auto* writing = pflow::make<Writing>();
  writing->path = &path;
  writing->item = item;
  writing->out_path = out_path;
  writing->out_count = out_count;
  if (writing->target.open(call, path, append))
    return pf_stream_consume(call, items, &kWriting, writing);
  pflow::destroy(writing);
  return PF_FAILED;
}

}  // namespace

pf_status pfn_formats_write_lines(pf_call* call, const write_lines_in* in, write_lines_out* out) {
  return write(call, in->path, in->lines, in->append, nullptr, &out->path, &out->count);
}

pf_status pfn_formats_write_jsonl(pf_call* call, const write_jsonl_in* in, write_jsonl_out* out) {
  return write(call, in->path, in->items, in->append, in->type_T, &out->path, &out->count);
}
