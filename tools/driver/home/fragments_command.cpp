// pflowc fragments: the texts in the folder `fragments`, a file each.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "pflow/fragment_names.hpp"
#include "support/display_width.h"
#include "support/json_text.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/object_file.h"
#include "tools/driver/home/session.h"

namespace pflow::home {
namespace {

bool is_text(std::string_view bytes) {
  while (!bytes.empty()) {
    CodePoint next = decode_front(bytes);
    if (!next.valid) return false;
    bytes.remove_prefix(next.length);
  }
  return true;
}

std::vector<std::string> names_in(const std::string& folder, Session& session) {
  std::vector<std::string> names = session.env().files->names_in(folder);
  std::erase_if(names, [](const std::string& name) { return !is_fragment_name(name); });
  std::ranges::sort(names);
  return names;
}

int list(const std::string& folder, const Options& request, Session& session) {
  std::string text;
  for (const std::string& name : names_in(folder, session)) {
    if (request.json)
      text += (text.empty() ? "[" : ",") + json_string(name);
    else
      text += name + "\n";
  }
  if (request.json) return session.print((text.empty() ? "[" : text) + "]\n");
  return session.print(text.empty() ? "no fragments are stored\n" : text);
}

int set(const std::string& path, const std::string& source, Session& session) {
  const bool piped = source.empty() || source == "-";
  const std::string what = piped ? "standard input" : "`" + source + "`";
  Result<std::string> text = piped ? session.env().read_input() : session.env().files->read(source);
  if (!text) return session.fail(fmt::format("{}: {}", what, text.message()));
  if (text->size() > kMostFragment)
    return session.fail(
        fmt::format("{} is larger than {} MiB, too large for a fragment", what, kMostFragmentMega));
  if (!is_text(*text)) return session.fail(what + " is not UTF-8 text");
  std::string problem = replace_file(path, *text);
  return problem.empty() ? kExitDone : session.fail(problem);
}

int missing(const std::string& folder, const std::string& name, Session& session) {
  std::vector<std::string> known = names_in(folder, session);
  return session.fail_missing("fragment", name, {known.begin(), known.end()});
}

int remove(const std::string& folder, const std::string& name, Session& session) {
  std::error_code error;
  if (std::filesystem::remove(folder + name, error)) return kExitDone;
  if (error) return session.fail(fmt::format("`{}{}`: {}", folder, name, error.message()));
  return missing(folder, name, session);
}

int get(const std::string& folder, const std::string& name, Session& session) {
  if (!session.env().files->exists(folder + name)) return missing(folder, name, session);
  Result<std::string> text = session.env().files->read(folder + name);
  if (!text) return session.fail(fmt::format("`{}{}`: {}", folder, name, text.message()));
  return session.print(*text);
}

std::vector<OptionRows> rows() { return {kJsonOption, kCommonOptions}; }

int run(const Options& request, Session& session) {
  const std::string action = request.words.empty() ? "list" : request.word(0);
  const size_t count = std::max<size_t>(request.words.size(), 1);
  const std::string folder = session.path("fragments/"), name = request.word(1);
  if (folder.empty()) return kExitErrors;
  if (action == "path" && count == 1) return session.print(folder + "\n");
  if (action == "list" && count == 1) return list(folder, request, session);
  const bool sets = action == "set" && (count == 2 || count == 3);
  if (!sets && !((action == "get" || action == "remove") && count == 2))
    return session.fail_usage(
        "fragments", "`list`, `get NAME`, `set NAME [FILE]`, `remove NAME` or `path`", action);
  if (!is_fragment_name(name))
    return session.fail(
        fmt::format("a name of letters, digits, `_` and `-` is expected, not `{}`", name));
  if (sets) return set(folder + name, request.word(2), session);
  return action == "get" ? get(folder, name, session) : remove(folder, name, session);
}

}  // namespace
}  // namespace pflow::home

namespace pflow {

constexpr Command kFragmentsCommand = {"fragments",
                                       "list, show, store or remove texts for prompts",
                                       "[list]\n"
                                       "get NAME\n"
                                       "set NAME [FILE]\n"
                                       "remove NAME\n"
                                       "path",
                                       "set style guide.md",
                                       home::rows,
                                       home::with_session<home::run>};

}  // namespace pflow
