#include "tools/driver/run/become.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "tools/driver/run/copy.h"

namespace pflow::run {
namespace {

int execute(int at, const char* name, const std::vector<std::string>& words, int flags) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  execveat(at, name, pointers.data(), environ, flags);
  return errno;
}

}  // namespace

int become(int folder, const std::string& name, const std::vector<std::string>& words) {
  return execute(folder, name.c_str(), words, AT_SYMLINK_NOFOLLOW);
}

int become(int file, const std::vector<std::string>& words) {
  const int error = execute(file, "", words, AT_EMPTY_PATH);
  if (error != EACCES) return error;
  Descriptor memory = copy_to_memory(words[0], file);
  return memory.get() < 0 ? error : execute(memory.get(), "", words, AT_EMPTY_PATH);
}

}  // namespace pflow::run
