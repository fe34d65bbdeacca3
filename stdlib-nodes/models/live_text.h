/// Text that is shown while it comes. One is shown at a time: what others say at once waits until
/// it has ended.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pflow/abi.h"

namespace pf_models {

class LiveText {
 public:
  LiveText();
  LiveText(const LiveText&) = delete;
  LiveText& operator=(const LiveText&) = delete;
  ~LiveText() { end(nullptr); }

  void add(std::string_view piece);
  /// Ends its line; `value`, which may be null, is the whole text, that nobody need print again.
  void end(const pf_str* value);

  struct Shown;

 private:
  Shown* shown_;
};

}  // namespace pf_models
