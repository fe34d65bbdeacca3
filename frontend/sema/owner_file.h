/// The file beside a program that tells of a server, or of an API, as far as the checks go.
#pragma once

#include <map>
#include <string>

namespace pflow::sema {

struct OwnerFile {
  std::string problem;  ///< why nothing is known of it; else empty
  std::string text;     ///< how it is reached, as JSON
  std::map<std::string, std::string, std::less<>> parts;  ///< tools, operations: each as JSON
  bool has_address = false;
  bool needs_part = false;  ///< it says nothing of itself as a whole
};

}  // namespace pflow::sema
