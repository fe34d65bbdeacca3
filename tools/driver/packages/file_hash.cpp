#include "tools/driver/packages/file_hash.h"

#include <fstream>
#include <iterator>

#include "tools/driver/run/digest.h"

namespace pflow::packages {

std::string file_hash(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return {};
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  return run::digest({bytes});
}

}  // namespace pflow::packages
