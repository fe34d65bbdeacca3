// `pflowc run` of what is stored becomes it before main: LLVM's static initialisers, which no
// program that is compiled already needs, take longer than all the rest of such a start.
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include "tools/driver/real_files.h"
#include "tools/driver/run/program.h"

namespace {

constexpr int kBeforeOthers = 200;  // their own priorities begin with 65535, libraries' with 101

/// Without effect unless the program is stored: main begins anew.
__attribute__((constructor(kBeforeOthers))) void start_early(int count, char** arguments) {
  if (count < 3 || std::strcmp(arguments[1], "run") != 0) return;
  try {
    pflow::open_standard_descriptors();
    std::vector<std::string> words(arguments + 2, arguments + count);
    pflow::RealFiles files;
    pflow::DriverEnv env = pflow::process_env(files);
    pflow::run::start_early(words, env);
  } catch (const std::exception&) {
    return;
  }
}

}  // namespace
