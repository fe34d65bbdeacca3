#include "codegen/link/undefined_symbols.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace pflow::codegen {
namespace {

/// How lld calls what code, and what its command line, names.
constexpr std::string_view kUndefined[] = {"undefined symbol: ", "symbol not found: "};

/// The text up to the next line break, taken off the front.
std::string_view take_line(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// The name that a line says is undefined, or nothing.
std::string_view undefined_in(std::string_view line) {
  for (std::string_view words : kUndefined)
    if (const size_t at = line.find(words); at != line.npos) return line.substr(at + words.size());
  return {};
}

class UndefinedSymbols {
 public:
  UndefinedSymbols(const std::vector<PackageArchive>& packages, Diagnostics& diagnostics)
      : packages_(packages), diagnostics_(diagnostics) {}

  bool report(std::string_view messages) {
    std::string_view symbol;
    while (!messages.empty()) {
      const std::string_view line = take_line(messages);
      if (line.starts_with(">>>")) {
        report_needed(symbol, line);
        continue;
      }
      symbol = undefined_in(line);
      report_node(symbol);
    }
    return !reported_.empty();
  }

 private:
  bool is_new(std::string_view symbol) {
    return !symbol.empty() && reported_.insert(std::string(symbol)).second;
  }

  /// The code of a node has a name of the package's own.
  void report_node(std::string_view symbol) {
    for (const PackageArchive& package : packages_) {
      const std::string own = fmt::format("pfn_{}_", package.package);
      if (!symbol.starts_with(own) || !is_new(symbol)) continue;
      diagnostics_.report(diag::package_node, {}, package.package, symbol.substr(own.size()))
          .note(fmt::format("`{}` has no `{}`", package.path, symbol))
          .help(fmt::format("`pf_status {}(…)` implements it, as `extern \"C\"`; then "
                            "`pflowc packages build`",
                            symbol));
    }
  }

  void report_needed(std::string_view symbol, std::string_view line) {
    for (const PackageArchive& package : packages_) {
      if (line.find(package.path) == line.npos || !is_new(symbol)) continue;
      diagnostics_.report(diag::package_symbol, {}, package.package, symbol)
          .note("executables run with glibc 2.17 and later, and load no other library")
          .help(
              "`link` in its package.toml names the static library that has it; what is younger "
              "than glibc 2.17 needs another function");
    }
  }

  const std::vector<PackageArchive>& packages_;
  Diagnostics& diagnostics_;
  std::set<std::string> reported_;
};

}  // namespace

bool report_undefined(const std::vector<PackageArchive>& packages, std::string_view messages,
                      Diagnostics& diagnostics) {
  return UndefinedSymbols(packages, diagnostics).report(messages);
}

}  // namespace pflow::codegen
