// pflowc cache: what the results of stages with `cache` and the programs of `pflowc run` take, and
// their removal.

#include <fmt/format.h>

#include <array>

#include "runtime/src/cache/upkeep.h"
#include "support/json_text.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/options.h"
#include "tools/driver/report.h"
#include "tools/driver/run/program.h"

namespace pflow {
namespace {

using rt::CacheContent;
using rt::NodeShare;

constexpr std::array<std::string_view, 2> kActions = {"show", "clear"};

std::string json_of(const CacheContent& content, const run::StoredPrograms& programs) {
  std::string text = fmt::format(R"({{"path":{},"entries":{},"bytes":{},"nodes":[)",
                                 json_string(content.path), content.entries, content.bytes);
  for (const NodeShare& share : content.nodes)
    text += fmt::format(R"({}{{"node":{},"entries":{},"bytes":{}}})",
                        &share == content.nodes.data() ? "" : ",", json_string(share.node),
                        share.entries, share.bytes);
  return text +
         fmt::format(R"(],"programs":{{"path":{},"entries":{},"bytes":{}}}}})",
                     json_string(programs.path), programs.count, programs.bytes) +
         "\n";
}

std::string text_of(const CacheContent& content, const run::StoredPrograms& programs) {
  std::string text = fmt::format("{}\n", content.path);
  if (content.entries == 0) text += "nothing is stored\n";
  if (content.entries != 0)
    text += fmt::format("{:>10} entries {:>14} bytes\n", content.entries, content.bytes);
  for (const NodeShare& share : content.nodes)
    text +=
        fmt::format("{:>10} entries {:>14} bytes  {}\n", share.entries, share.bytes, share.node);
  if (programs.count != 0)
    text += fmt::format("{}\n{:>10} programs {:>13} bytes\n", programs.path, programs.count,
                        programs.bytes);
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

int show_cache(const Options& options, DriverEnv& env) {
  CacheContent content;
  std::string problem = rt::read_cache(content);
  if (!problem.empty()) return fail(options, env, "read", problem);
  const run::StoredPrograms programs = run::Store(run::store_path(env)).content();
  return print(options.json ? json_of(content, programs) : text_of(content, programs), options,
               env);
}

int clear_cache(const Options& options, DriverEnv& env) {
  rt::Selection selection;
  selection.node = options.node;
  if (!options.older_than.empty() && !rt::read_age(options.older_than, selection.older_than))
    selection.older_than = -1;  // refused by check
  int64_t removed = 0;
  std::string problem = rt::clear_cache(selection, removed);
  if (!problem.empty()) return fail(options, env, "the cache", problem);
  // Programs are of no node.
  const int64_t programs =
      options.node.empty() ? run::Store(run::store_path(env)).remove(selection.older_than) : 0;
  if (options.json)
    return print(fmt::format("{{\"removed\":{},\"programs\":{}}}\n", removed, programs), options,
                 env);
  std::string text = fmt::format("removed {} {}\n", removed, removed == 1 ? "entry" : "entries");
  if (programs != 0)
    text += fmt::format("removed {} {}\n", programs, programs == 1 ? "program" : "programs");
  return print(text, options, env);
}

/// False after a report.
bool check(const Options& options, DriverEnv& env) {
  Diagnostics diagnostics;
  int64_t age = 0;
  if (!options.older_than.empty() && !rt::read_age(options.older_than, age))
    diagnostics.report(diag::bad_option_value, {}, "--older-than", "a duration such as `30d`",
                       options.older_than);
  const bool one = options.words.size() <= 1;
  if (!one || (options.input != "show" && options.input != "clear")) {
    const std::string found = one ? options.input : options.word(1);
    DiagnosticBuilder report =
        diagnostics.report(diag::command_action, {}, "cache", "`show` or `clear`",
                           found.empty() ? "nothing" : "`" + found + "`");
    std::string_view near = nearest_name(found, {kActions.begin(), kActions.end()});
    if (one && !near.empty()) report.help(fmt::format("`pflowc cache {}`", near));
  }
  show(diagnostics, SourceMap(), options, env);
  return !diagnostics.has_errors();
}

constexpr OptionRow kOptions[] = {
    {"--node", "NAME", "`clear`: the results of this node",
     [](Options& options, const std::string& value) -> std::string_view {
       options.node = value;
       return value.empty() ? "the name of a node" : "";
     }},
    {"--older-than", "DURATION", "`clear`: what was stored before, like 30d ago",
     [](Options& options, const std::string& value) -> std::string_view {
       options.older_than = value;
       return value.empty() ? "a duration such as `30d`" : "";
     }},
};

std::vector<OptionRows> rows() { return {kOptions, kJsonOption, kCommonOptions}; }

int show_or_clear(const Options& options, DriverEnv& env) {
  if (!check(options, env)) return kExitUsage;
  return options.input == "show" ? show_cache(options, env) : clear_cache(options, env);
}

}  // namespace

constexpr Command kCacheCommand = {"cache",
                                   "show what kept results and programs take, or remove them",
                                   "show\nclear [--node NAME] [--older-than DURATION]",
                                   "clear --older-than 30d",
                                   rows,
                                   show_or_clear};

}  // namespace pflow
