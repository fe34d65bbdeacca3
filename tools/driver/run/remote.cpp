#include "tools/driver/run/remote.h"

#include <fcntl.h>
#include <unistd.h>

#include "tools/driver/descriptor.h"
#include "tools/driver/real_files.h"
#include "tools/driver/run/child.h"

namespace pflow::run {
namespace {

constexpr char kFetch[] =
    "flow main(address: str) -> body { http(\"${address}\") with (timeout: 60s) -> body }";

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
  Result<std::string> text =
      output_of({env.executable, "run", "-e", kFetch, "--address=" + address});
  if (text) return text;
  return Failure(text.message().substr(0, text.message().find('\n')));
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
