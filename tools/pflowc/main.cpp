#include <string>
#include <vector>

#include "tools/driver/driver.h"
#include "tools/driver/internal_error.h"
#include "tools/driver/real_files.h"

int main(int count, char** arguments) {
  pflow::open_standard_descriptors();
  std::vector<std::string> words(arguments + 1, arguments + count);
  pflow::install_crash_handler(pflow::command_line(words));
  pflow::RealFiles files;
  pflow::DriverEnv env = pflow::process_env(files);
  return pflow::run_driver(words, env);
}
