/// The body of a request.
#pragma once

#include <string>

#include "plan.h"

namespace pf_openapi {

struct Body {
  bool is_there = false;
  std::string type;  ///< its content type
  std::string bytes;
};

Body body(const Plan& plan, const Ports& ports);

}  // namespace pf_openapi
