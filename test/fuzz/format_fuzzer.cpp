/// Any text through the formatter.
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "test/support/format_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string broken = pflow::broken_format_law({reinterpret_cast<const char*>(data), size});
  if (broken.empty()) return 0;
  std::fputs((broken + "\n").c_str(), stderr);
  __builtin_trap();
}
