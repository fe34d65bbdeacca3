#include "line_target.h"

#include <errno.h>

namespace pf_formats {

LineTarget::~LineTarget() { free(buffer_); }

bool LineTarget::check(pf_call* call, int error) {
  if (error == 0) return true;
  pf_fail(call, PF_E_IO, "cannot write `%s`: %s", path_.c_str(), pf_files::reason(error));
  return false;
}

bool LineTarget::open(pf_call* call, const pf_str& path, bool append) {
  if (!path_.set(call, path)) return false;
  pf_files::Target target;
  if (!check(call, pf_files::find_target(path_.c_str(), target))) return false;
  append_ = append && target.kind != pf_files::TargetKind::Device;
  buffer_ = static_cast<char*>(malloc(kBuffer));
  if (!buffer_) return check(call, ENOMEM);
  if (!check(call, append_ ? appended_.open(path_.c_str()) : fresh_.open(path_.c_str())))
    return false;
  behind_unfinished_ = append_ && !appended_.begins_line();
  return true;
}

bool LineTarget::put(pf_call* call, std::string_view bytes) {
  int error = append_ ? appended_.write(bytes.data(), bytes.size())
                      : fresh_.write(bytes.data(), bytes.size());
  return check(call, error);
}

/// Makes room for so many bytes, or, when there is never room for them, empties the buffer.
bool LineTarget::make_room(pf_call* call, size_t bytes) {
  if (bytes <= kBuffer - len_) return true;
  if (!put(call, {buffer_, len_})) return false;
  len_ = 0;
  return true;
}

void LineTarget::copy(std::string_view bytes) {
  if (!bytes.empty()) memcpy(buffer_ + len_, bytes.data(), bytes.size());
  len_ += bytes.size();
}

bool LineTarget::add(pf_call* call, std::string_view lines) {
  if (behind_unfinished_) copy("\n");
  behind_unfinished_ = false;
  if (!make_room(call, lines.size())) return false;
  if (lines.size() > kBuffer) return put(call, lines);
  copy(lines);
  return true;
}

bool LineTarget::add_line(pf_call* call, std::string_view line) {
  if (line.size() >= kBuffer || behind_unfinished_) {
    pflow::Text whole(pflow::join({line, "\n"}));
    return add(call, whole.view());
  }
  if (!make_room(call, line.size() + 1)) return false;
  copy(line);
  buffer_[len_++] = '\n';
  return true;
}

bool LineTarget::finish(pf_call* call) {
  if (!put(call, {buffer_, len_})) return false;
  return check(call, append_ ? appended_.finish() : fresh_.finish());
}

}  // namespace pf_formats
