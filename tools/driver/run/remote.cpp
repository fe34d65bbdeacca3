#include "tools/driver/run/remote.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "tools/driver/descriptor.h"
#include "tools/driver/real_files.h"

namespace pflow::run {
namespace {

constexpr char kFetch[] =
    "flow main(address: str) -> body { http(\"${address}\") with (timeout: 60s) -> body }";

/// The variables of this process but those that change what flows do.
std::vector<char*> plain_variables() {
  std::vector<char*> kept;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    std::string_view text = *variable;
    if (!text.starts_with("PFLOW_") || text.starts_with("PFLOW_HOME=") ||
        text.starts_with("PFLOW_LIB="))
      kept.push_back(*variable);
  }
  kept.push_back(nullptr);
  return kept;
}

/// What stands in a file from its beginning.
std::string content(int file) {
  lseek(file, 0, SEEK_SET);
  Result<std::string> text = read_descriptor(file);
  return text ? *text : "";
}

/// The words of an error without its code.
std::string first_error(const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  const size_t code = line.find("]: ");
  return code == std::string::npos ? line : line.substr(code + 3);
}

/// Its exit code; negative when it was not started, or died of a signal.
int run_child(const std::vector<std::string>& words, int out, int err) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
  pid_t child = 0;
  int failed = posix_spawn(&child, pointers[0], &actions, nullptr, pointers.data(),
                           plain_variables().data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return -1;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Characters that turn the direction of what is shown around them.
bool turns(std::string_view at) {
  return at.size() >= 3 && at[0] == '\xe2' &&
         ((at[1] == '\x80' && at[2] >= '\xaa' && at[2] <= '\xae') ||
          (at[1] == '\x81' && at[2] >= '\xa6' && at[2] <= '\xa9'));
}

}  // namespace

bool is_remote(std::string_view name) {
  return name.starts_with("http://") || name.starts_with("https://");
}

Result<std::string> fetch(const std::string& address, DriverEnv& env) {
  Descriptor out(memfd_create("out", MFD_CLOEXEC)), err(memfd_create("err", MFD_CLOEXEC));
  if (out.get() < 0 || err.get() < 0) return Failure{std::strerror(errno)};
  const int code = run_child({env.executable, "run", "-e", kFetch, "--address=" + address},
                             out.get(), err.get());
  if (code == 0) return content(out.get());
  std::string why = first_error(content(err.get()));
  return Failure{why.empty() ? "it could not be fetched" : why};
}

Agreement ask_to_run(const std::string& address, std::string_view text) {
  Descriptor terminal(open("/dev/tty", O_RDWR | O_CLOEXEC));
  if (terminal.get() < 0) return Agreement::NobodyThere;
  std::string shown = as_visible(text);
  if (!shown.ends_with('\n')) shown += '\n';
  shown += "\nRun this program of " + as_visible(address) + "? [y/N] ";
  if (!write_descriptor(terminal.get(), shown)) return Agreement::NobodyThere;
  std::string answer;
  for (char c = 0; read(terminal.get(), &c, 1) == 1 && c != '\n';) answer += c;
  return answer == "y" || answer == "yes" ? Agreement::Given : Agreement::Refused;
}

std::string as_visible(std::string_view text) {
  std::string visible;
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text[0]);
    const bool controls = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
    const bool is_c1 = c == 0xc2 && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xa0;
    const size_t size = turns(text) ? 3 : is_c1 ? 2 : 1;
    if (controls || size > 1)
      visible += "\xef\xbf\xbd";  // the replacement character
    else
      visible += text[0];
    text.remove_prefix(size);
  }
  return visible;
}

}  // namespace pflow::run
