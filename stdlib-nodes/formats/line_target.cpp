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
  return check(call, append_ ? appended_.open(path_.c_str()) : fresh_.open(path_.c_str()));
}

bool LineTarget::put(pf_call* call, std::string_view bytes) {
  int error = append_ ? appended_.write(bytes.data(), bytes.size())
                      : fresh_.write(bytes.data(), bytes.size());
  return check(call, error);
}

bool LineTarget::add(pf_call* call, std::string_view bytes) {
  if (bytes.size() > kBuffer - len_) {
    if (!put(call, {buffer_, len_})) return false;
    len_ = 0;
    if (bytes.size() > kBuffer) return put(call, bytes);
  }
  memcpy(buffer_ + len_, bytes.data(), bytes.size());
  len_ += bytes.size();
  return true;
}

bool LineTarget::finish(pf_call* call) {
  if (!put(call, {buffer_, len_})) return false;
  return check(call, append_ ? appended_.finish() : fresh_.finish());
}

}  // namespace pf_formats
