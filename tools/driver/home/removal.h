/// A member of one of the files, taken out.
#pragma once

#include <string>
#include <string_view>

#include "tools/driver/home/session.h"

namespace pflow::home {

/// Returns the exit code; `what` is what errors call it: "key".
int remove_member(const std::string& path, std::string_view what, const std::string& name,
                  Session& session);

}  // namespace pflow::home
