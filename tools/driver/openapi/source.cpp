#include "tools/driver/openapi/source.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>

#include "frontend/json_schema/names.h"
#include "tools/driver/run/child.h"
#include "tools/driver/schema/document_text.h"
#include "tools/driver/scratch_folder.h"

namespace pflow::openapi {
namespace {

/// Such files are tens of megabytes at most.
constexpr size_t kLongest = size_t{256} << 20;

Result<std::string> fetched(const std::string& address, DriverEnv& env) {
  const ScratchFolder scratch("openapi");
  if (scratch.path().empty()) return Failure(std::strerror(errno));
  const std::string program = (scratch.path() / "fetch.pf").string();
  const std::string text = fmt::format("flow main() {{ http({}) -> text\n  print(text) }}\n",
                                       json_schema::text_literal(address));
  if (Result<Done> written = env.files->write(program, text); !written)
    return Failure(written.message());
  if (env.err_is_terminal) env.err(fmt::format("fetching `{}` …\n", address));
  return run::output_of({env.executable, "run", program});
}

}  // namespace

bool is_address(std::string_view source) {
  return source.starts_with("http://") || source.starts_with("https://");
}

Result<boost::json::value> read_source(const std::string& source, DriverEnv& env) {
  const bool is_file = !is_address(source);
  Result<std::string> text = is_file ? env.files->read(source) : fetched(source, env);
  if (!text)
    return is_file ? Failure(fmt::format("`{}`: {}", source, text.message()))
                   : Failure(text.message());
  if (text->size() > kLongest)
    return Failure(fmt::format("`{}` is larger than {} MB", source, kLongest >> 20));
  Result<boost::json::value> read = schema::read_document_text(*text);
  return read ? std::move(read) : Failure(fmt::format("`{}`, {}", source, read.message()));
}

}  // namespace pflow::openapi
