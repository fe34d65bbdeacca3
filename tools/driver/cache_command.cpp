#include "tools/driver/cache_command.h"

#include <fmt/format.h>

#include <array>

#include "runtime/src/cache/upkeep.h"
#include "support/json_text.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/report.h"

namespace pflow {
namespace {

using rt::CacheContent;
using rt::NodeShare;

constexpr std::array<std::string_view, 2> kActions = {"show", "clear"};

std::string json_of(const CacheContent& content) {
  std::string text = fmt::format(R"({{"path":{},"entries":{},"bytes":{},"nodes":[)",
                                 json_string(content.path), content.entries, content.bytes);
  for (const NodeShare& share : content.nodes)
    text += fmt::format(R"({}{{"node":{},"entries":{},"bytes":{}}})",
                        &share == content.nodes.data() ? "" : ",", json_string(share.node),
                        share.entries, share.bytes);
  return text + "]}\n";
}

std::string text_of(const CacheContent& content) {
  std::string text = fmt::format("{}\n", content.path);
  if (content.entries == 0) return text + "nothing is stored\n";
  text += fmt::format("{:>10} entries {:>14} bytes\n", content.entries, content.bytes);
  for (const NodeShare& share : content.nodes)
    text +=
        fmt::format("{:>10} entries {:>14} bytes  {}\n", share.entries, share.bytes, share.node);
  return text;
}

int fail(const Options& options, DriverEnv& env, std::string_view done,
         const std::string& problem) {
  Diagnostics diagnostics;
  if (done == "read")
    diagnostics.report(diag::cannot_read, {}, "cache", problem);
  else
    diagnostics.report(diag::cannot_write, {}, done, problem);
  show(diagnostics, SourceMap(), options, env);
  return kExitErrors;
}

int print(const Options& options, DriverEnv& env, const std::string& text) {
  Result<Done> written = env.out(text);
  return written ? kExitDone : fail(options, env, "standard output", written.message());
}

int show_cache(const Options& options, DriverEnv& env) {
  CacheContent content;
  std::string problem = rt::read_cache(content);
  if (!problem.empty()) return fail(options, env, "read", problem);
  return print(options, env, options.json ? json_of(content) : text_of(content));
}

int clear_cache(const Options& options, DriverEnv& env) {
  rt::Selection selection;
  selection.node = options.node;
  if (!options.older_than.empty() && !rt::read_age(options.older_than, selection.older_than))
    selection.older_than = -1;  // refused by check_cache_options
  int64_t removed = 0;
  std::string problem = rt::clear_cache(selection, removed);
  if (!problem.empty()) return fail(options, env, "the cache", problem);
  std::string text =
      options.json ? fmt::format("{{\"removed\":{}}}\n", removed)
                   : fmt::format("removed {} {}\n", removed, removed == 1 ? "entry" : "entries");
  return print(options, env, text);
}

}  // namespace

void check_cache_options(const Options& options, Diagnostics& diagnostics) {
  int64_t age = 0;
  if (!options.older_than.empty() && !rt::read_age(options.older_than, age))
    diagnostics.report(diag::bad_option_value, {}, "--older-than", "a duration such as `30d`",
                       options.older_than);
  if (options.second_input.empty() && (options.input == "show" || options.input == "clear")) return;
  const std::string& found = options.second_input.empty() ? options.input : options.second_input;
  DiagnosticBuilder report =
      diagnostics.report(diag::command_action, {}, "cache", "`show` or `clear`",
                         found.empty() ? "nothing" : "`" + found + "`");
  std::string_view near = nearest_name(found, {kActions.begin(), kActions.end()});
  if (options.second_input.empty() && !near.empty())
    report.help(fmt::format("`pflowc cache {}`", near));
}

int run_cache_command(const Options& options, DriverEnv& env) {
  return options.input == "show" ? show_cache(options, env) : clear_cache(options, env);
}

}  // namespace pflow
