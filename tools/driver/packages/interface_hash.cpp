#include "tools/driver/packages/interface_hash.h"

#include "tools/driver/node_header.h"
#include "tools/driver/run/digest.h"

namespace pflow::packages {

std::string interface_hash(const ast::File& interface, const Interner& names,
                           const std::string& package) {
  return run::digest({node_header(interface, names, package)});
}

}  // namespace pflow::packages
