// pflowc nodes: what there is to call.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/query/node_page.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/options.h"
#include "tools/driver/packages/session.h"
#include "tools/driver/reference/catalog.h"
#include "tools/driver/reference/file_nodes.h"
#include "tools/driver/report.h"
#include "tools/driver/toolchain.h"
#include "tools/json/node_json.h"

namespace pflow {
namespace {

using query::NodeDoc;

/// A line each, below the names of their modules.
std::string table(const std::vector<NodeDoc>& nodes) {
  size_t width = 0;
  for (const NodeDoc& node : nodes) width = std::max(width, node.name.size());
  std::string text, module;
  for (const NodeDoc& node : nodes) {
    if (node.home != module) text += fmt::format("{}{}\n", text.empty() ? "" : "\n", node.home);
    module = node.home;
    text += fmt::format("  {:<{}}  {}\n", node.name, width, node.summary());
  }
  return text;
}

/// The same with the module in each line: what was looked for stands in the order of how it fits.
std::string ranked_table(const std::vector<NodeDoc>& nodes) {
  size_t width = 0, home_width = 0;
  for (const NodeDoc& node : nodes) {
    width = std::max(width, node.name.size());
    home_width = std::max(home_width, node.home.size());
  }
  std::string text;
  for (const NodeDoc& node : nodes)
    text += fmt::format("{:<{}}  {:<{}}  {}\n", node.name, width, node.home, home_width,
                        node.summary());
  return text;
}

std::string pages(const std::vector<NodeDoc>& nodes, std::string_view heading) {
  std::string text;
  for (const NodeDoc& node : nodes) text += (text.empty() ? "" : "\n") + node_page(node, heading);
  return text;
}

std::string file_page(const reference::FileDoc& file) {
  std::string text = fmt::format("# {}\n", file.name);
  if (!file.doc.empty()) text += fmt::format("\n{}\n", file.doc);
  if (!file.nodes.empty()) text += "\n" + pages(file.nodes, "##");
  return text;
}

class NodesCommand {
 public:
  NodesCommand(const Options& options, DriverEnv& env) : options_(options), env_(env) {}

  int run() {
    if (!options_.search.empty()) return search();
    if (options_.words.empty()) {
      found_ = catalog_.all();
      text_ = table(found_);
    }
    for (const std::string& word : options_.words)
      if (!take(word)) return code_;
    return deliver();
  }

 private:
  /// False after what is wrong with the word was shown.
  bool take(const std::string& word) {
    if (word.ends_with(".pf") || word.find('/') != std::string::npos) return take_file(word);
    std::vector<NodeDoc> nodes = catalog_.named(word), module = catalog_.of_module(word);
    if (nodes.empty() && module.empty()) {
      const auto package = packages::Session(options_, env_).named(word);
      return package ? take_file(package->interface()) : refuse(word);
    }
    add(nodes, pages(nodes, "#"));
    if (!module.empty()) add(module, table(module));
    return true;
  }

  bool take_file(const std::string& path) {
    const std::vector<reference::FileDoc> files = reference::read_file_docs(path, options_, env_);
    for (const reference::FileDoc& file : files) add(file.nodes, file_page(file));
    if (files.empty()) code_ = kExitErrors;
    return !files.empty();
  }

  void add(const std::vector<NodeDoc>& nodes, const std::string& text) {
    found_.insert(found_.end(), nodes.begin(), nodes.end());
    if (!text.empty() && !text_.empty()) text_ += '\n';
    text_ += text;
  }

  bool refuse(const std::string& word) {
    Diagnostics diagnostics;
    reference::report_unknown(diagnostics, "node", word, "pflowc nodes", catalog_.names());
    show(diagnostics, SourceMap(), options_, env_);
    code_ = kExitUsage;
    return false;
  }

  int search() {
    std::vector<std::string> words = options_.words;
    std::string_view rest = options_.search;
    while (!rest.empty()) {
      size_t end = std::min(rest.find(' '), rest.size());
      if (end != 0) words.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    found_ = catalog_.about(words);
    text_ = ranked_table(found_);
    if (!found_.empty() || options_.json) return deliver();
    Diagnostics diagnostics;
    diagnostics.report(diag::not_kept, {}, "node about", fmt::format("{}", fmt::join(words, " ")))
        .help("`pflowc nodes` lists them all");
    show(diagnostics, SourceMap(), options_, env_);
    return kExitErrors;
  }

  int deliver() { return print(options_.json ? node_json(found_) : text_, options_, env_); }

  const Options& options_;
  DriverEnv& env_;
  reference::Catalog catalog_{env_};
  std::vector<NodeDoc> found_;
  std::string text_;
  int code_ = kExitDone;
};

std::string_view set_search(Options& options, const std::string& value) {
  options.search = value;
  return value.find_first_not_of(' ') == std::string::npos ? "words" : "";
}

/// What makes nodes of functions of another language (docs/process-nodes.md).
struct Helper {
  std::string_view language;
  std::string_view text;
};
constexpr Helper kHelpers[] = {
    {
        "python",
#include "reference/helper_py.inc"
    },
    {
        "javascript",
#include "reference/helper_mjs.inc"
    },
};

std::string_view set_helper(Options& options, const std::string& value) {
  options.helper = value;
  return std::ranges::find(kHelpers, value, &Helper::language) == std::end(kHelpers)
             ? "`python` or `javascript`"
             : "";
}

constexpr OptionRow kChoices[] = {
    {"-s,--search", "WORDS", "those in which all these words stand", set_search},
    {"--helper", "LANGUAGE", "print what makes nodes of functions in python or javascript",
     set_helper},
};

std::vector<OptionRows> rows() { return {kChoices, kPackageOptions, kJsonOption, kCommonOptions}; }

int run(const Options& options, DriverEnv& env) {
  if (!options.helper.empty()) {
    const auto* helper = std::ranges::find(kHelpers, options.helper, &Helper::language);
    return print(std::string(helper->text), options, env);
  }
  Diagnostics diagnostics;
  if (has_nodes(find_toolchain(env), env, diagnostics)) return NodesCommand(options, env).run();
  show(diagnostics, SourceMap(), options, env);
  return kExitErrors;
}

}  // namespace

constexpr Command kNodesCommand = {
    "nodes",
    "list what flows may call, or say all about some of it",
    "\nNAME | MODULE | PACKAGE | FILE.pf...\n--search WORDS\n--helper LANGUAGE",
    "llm",
    rows,
    run};

}  // namespace pflow
