// trim, trim_start, trim_end: parts of the text, without a copy.
#include "pieces.h"
#include "text.pf.hpp"
#include "white_space.h"

namespace {

size_t skip_start(const pf_str& text) {
  size_t at = 0;
  while (size_t space = pf_text::leading_space(text.data + at, text.len - at)) at += space;
  return at;
}

size_t skip_end(const pf_str& text, size_t from) {
  size_t end = text.len;
  while (end > from) {
    size_t space = pf_text::trailing_space(text.data + from, end - from);
    if (space == 0) break;
    end -= space;
  }
  return end;
}

}  // namespace

pf_status pfn_text_trim(pf_call*, const trim_in* in, trim_out* out) {
  size_t from = skip_start(in->text);
  out->text = pf_text::slice(in->text, from, skip_end(in->text, from));
  return PF_DONE;
}

pf_status pfn_text_trim_start(pf_call*, const trim_start_in* in, trim_start_out* out) {
  out->text = pf_text::slice(in->text, skip_start(in->text), in->text.len);
  return PF_DONE;
}

pf_status pfn_text_trim_end(pf_call*, const trim_end_in* in, trim_end_out* out) {
  out->text = pf_text::slice(in->text, 0, skip_end(in->text, 0));
  return PF_DONE;
}
