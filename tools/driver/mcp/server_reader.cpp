#include "tools/driver/mcp/server_reader.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "frontend/mcp/server_file.h"
#include "tools/driver/run/child.h"
#include "tools/driver/scratch_folder.h"

namespace pflow::mcp {

namespace json = boost::json;

Result<json::object> read_server(const std::string& name, const json::object& settings,
                                 DriverEnv& env) {
  const ScratchFolder scratch("mcp");
  if (scratch.path().empty()) return Failure(std::strerror(errno));
  json::object file;
  file["server"] = settings;
  const std::string described = (scratch.path() / (name + std::string(kServerFile))).string();
  const std::string program = (scratch.path() / "tools.pf").string();
  Result<Done> written = env.files->write(described, json::serialize(file));
  if (written)
    written = env.files->write(program, fmt::format("node tools() -> json by mcp(\"{}\")\n"
                                                    "flow main() -> tools {{ tools() -> tools }}\n",
                                                    name));
  if (!written) return Failure(written.message());
  if (env.err_is_terminal) env.err(fmt::format("reading the tools of `{}` …\n", name));
  Result<std::string> said = run::output_of({env.executable, "run", program});
  if (!said) return Failure(said.message());
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 1000;
  json::value value = json::parse(*said, error, {}, options);
  if (error || !value.is_object()) return Failure("what it says of itself is no object");
  return value.get_object();
}

}  // namespace pflow::mcp
