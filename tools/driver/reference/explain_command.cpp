#include "tools/driver/reference/explain_command.h"

#include <algorithm>

#include "support/explain.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/reference/word_pages.h"
#include "tools/driver/report.h"

namespace pflow {
namespace {

std::vector<OptionRows> rows() { return {kCommonOptions}; }

int run(const Options& options, DriverEnv& env) { return explain(options.input, options, env); }

/// `PF301`, `301`.
bool looks_like_code(std::string_view word) {
  if (word.starts_with("PF") || word.starts_with("pf")) word.remove_prefix(2);
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

int refuse(const Diagnostics& diagnostics, const Options& options, DriverEnv& env) {
  show(diagnostics, SourceMap(), options, env);
  return kExitUsage;
}

}  // namespace

int explain(const std::string& word, const Options& options, DriverEnv& env) {
  std::string_view page = explain_page(word);
  if (!page.empty()) return print(page, options, env);
  Diagnostics diagnostics;
  if (word.empty()) {
    diagnostics.report(diag::no_code, {})
        .help("for example `pflowc explain PF0301`, or `pflowc explain retries`");
    return refuse(diagnostics, options, env);
  }
  if (looks_like_code(word)) {
    diagnostics.report(diag::unknown_code, {}, word)
        .note("a code is `PF` and four digits, as messages show it");
    return refuse(diagnostics, options, env);
  }
  reference::Catalog catalog(env);
  std::string pages = word_pages(word, catalog);
  if (!pages.empty()) return print(pages, options, env);
  const std::vector<std::string> known = words_with_pages(catalog);
  reference::report_unknown(diagnostics, "node, policy, kind of error or word of the language",
                            word, "pflowc explain", {known.begin(), known.end()});
  return refuse(diagnostics, options, env);
}

constexpr Command kExplainCommand = {
    "explain",     "say more about an error, a node, a policy, a word of the language",
    "CODE | WORD", "PF0301",
    rows,          run};

}  // namespace pflow
