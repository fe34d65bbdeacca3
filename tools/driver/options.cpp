#include "tools/driver/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>

namespace pflow {
namespace {

constexpr std::array<std::string_view, 4> kSubcommands = {"cache", "check", "explain", "test"};

struct FlagRow {
  const char* name;
  const char* help;
  void (*set)(Options&);
};

template <Emit kind>
void emit(Options& options) {
  options.emit = kind;
}

constexpr FlagRow kFlags[] = {
    {"--check", "check only, make nothing", emit<Emit::Nothing>},
    {"--emit-ast", "print the syntax tree", emit<Emit::Ast>},
    {"--emit-ir", "print the flow IR", emit<Emit::Ir>},
    {"--emit-llvm", "print the LLVM IR", emit<Emit::Llvm>},
    {"--emit-asm", "print the assembly", emit<Emit::Asm>},
    {"--emit-obj", "write the object file", emit<Emit::Obj>},
    {"--emit-node-header", "print the C++ header of an interface file", emit<Emit::NodeHeader>},
    {"--emit-node-docs", "print the Markdown page of an interface file", emit<Emit::NodeDocs>},
    {"-g", "with line tables for debuggers", [](Options& o) { o.debug_info = true; }},
    {"--time", "milliseconds per phase on standard error, as JSON",
     [](Options& o) { o.time = true; }},
    {"--json", "`cache`: print JSON", [](Options& o) { o.json = true; }},
    {"--help,-h", "print this", [](Options& o) { o.command = Command::Help; }},
    {"--version", "print the version", [](Options& o) { o.command = Command::Version; }},
    {"--allow-net", "`test`: calls may use the network", [](Options& o) { o.allow_net = true; }},
};
constexpr size_t kFirstNoEmit = 8;  // the flags before it exclude each other

/// Takes a value; answers what it expected when the value does not fit.
using SetValue = std::string_view (*)(Options&, const std::string&);

struct ValueRow {
  const char* name;
  const char* value;  ///< how help calls it
  const char* help;
  SetValue set;
};

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    size_t comma = std::min(text.find(','), text.size());
    if (comma != 0) parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

std::string_view set_level(Options& options, const std::string& value) {
  if (value != "0" && value != "1" && value != "2") return "0, 1 or 2";
  options.opt_level = static_cast<unsigned>(value[0] - '0');
  return {};
}

std::string_view set_format(Options& options, const std::string& value) {
  if (value == "text")
    options.error_format = ErrorFormat::Text;
  else if (value == "json")
    options.error_format = ErrorFormat::Json;
  else if (value == "short")
    options.error_format = ErrorFormat::Short;
  else
    return "text, json or short";
  return {};
}

std::string_view set_color(Options& options, const std::string& value) {
  if (value == "auto")
    options.color = ColorChoice::Auto;
  else if (value == "always")
    options.color = ColorChoice::Always;
  else if (value == "never")
    options.color = ColorChoice::Never;
  else
    return "auto, always or never";
  return {};
}

std::string_view set_limit(Options& options, const std::string& value) {
  const char* end = value.data() + value.size();
  auto [stop, error] = std::from_chars(value.data(), end, options.error_limit);
  return error != std::errc{} || stop != end ? "a number, 0 for no limit" : std::string_view{};
}

std::string_view set_record_mode(Options& options, const std::string& value) {
  options.record_mode = value;
  const bool known =
      value == "once" || value == "new_episodes" || value == "all" || value == "none";
  return known ? "" : "once, new_episodes, all or none";
}

constexpr ValueRow kValues[] = {
    {"-o,--output", "FILE", "where to write; default: FILE.pf without .pf",
     [](Options& o, const std::string& v) -> std::string_view {
       o.output = v;
       return v.empty() ? "a file name" : "";
     }},
    {"-O", "LEVEL", "optimise: 0, 1 or 2 (default)", set_level},
    {"--flow", "NAME", "the entry flow; default: main, or the only one",
     [](Options& o, const std::string& v) -> std::string_view {
       o.flow = v;
       return v.empty() ? "the name of a flow" : "";
     }},
    {"--passes", "A,B", "run just these passes over the IR, or `none`",
     [](Options& o, const std::string& v) -> std::string_view {
       o.passes = v == "none" ? std::vector<std::string>{} : split_commas(v);
       o.passes_given = true;
       return {};
     }},
    {"--print-after", "PASS", "print the IR after a pass, or after `all`",
     [](Options& o, const std::string& v) -> std::string_view {
       o.print_after = v;
       return v.empty() ? "a pass, or all" : "";
     }},
    {"--filter", "TEXT", "`test`: run the tests whose titles hold it",
     [](Options& o, const std::string& v) -> std::string_view {
       o.filter = v;
       return {};
     }},
    {"--junit", "FILE", "`test`: write the results as JUnit's XML",
     [](Options& o, const std::string& v) -> std::string_view {
       o.junit = v;
       return v.empty() ? "a file name" : "";
     }},
    {"--record-mode", "MODE", "`test`: record cassettes: once, new_episodes or all",
     set_record_mode},
    {"--node", "NAME", "`cache clear`: the results of this node",
     [](Options& o, const std::string& v) -> std::string_view {
       o.node = v;
       return v.empty() ? "the name of a node" : "";
     }},
    {"--older-than", "DURATION", "`cache clear`: what was stored before, like 30d ago",
     [](Options& o, const std::string& v) -> std::string_view {
       o.older_than = v;
       return v.empty() ? "a duration such as `30d`" : "";
     }},
    {"--error-format", "FORMAT", "text (default), json or short", set_format},
    {"--color", "WHEN", "auto (default), always or never", set_color},
    {"--error-limit", "N", "show so many errors (default 20, 0: all)", set_limit},
    {"--explain", "CODE", "explain a diagnostic, as `pflowc explain CODE`",
     [](Options& o, const std::string& v) -> std::string_view {
       o.command = Command::Explain;
       o.explain = v;
       return {};
     }},
};

/// One use of the options table.
class OptionReader {
 public:
  explicit OptionReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    app_.set_help_flag();
    app_.allow_extras();
    for (const FlagRow& row : kFlags) app_.add_flag(row.name, row.help);
    for (size_t i = 0; i < std::size(kValues); ++i)
      app_.add_option(kValues[i].name, values_[i], kValues[i].help)->take_last();
    app_.add_option("-W", warnings_)->allow_extra_args(false)->expected(1)->take_all();
  }

  Options read(std::vector<std::string> arguments) {
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
    try {
      app_.parse(std::move(arguments));
    } catch (const CLI::ParseError& error) {
      std::string text = error.what();
      text = text.substr(0, text.find(':'));  // the option; the rest is CLI11's own wording
      diagnostics_.report(diag::option_without_value, {}, text == "--output" ? "-o" : text);
    }
    take_values();
    take_flags();
    for (const std::string& warning : warnings_) take_warning(warning);
    take_rest();
    return std::move(options_);
  }

 private:
  void take_values() {
    for (size_t i = 0; i < std::size(kValues); ++i) {
      const ValueRow& row = kValues[i];
      std::string_view name = first_name(row.name);
      if (app_.count(std::string(name)) == 0) continue;
      std::string_view expected = row.set(options_, values_[i]);
      if (!expected.empty())
        diagnostics_.report(diag::bad_option_value, {}, name, expected, values_[i]);
    }
  }

  void take_flags() {
    const char* emitted = nullptr;
    for (const FlagRow& row : kFlags) {
      if (app_.count(std::string(first_name(row.name))) == 0) continue;
      if (&row < kFlags + kFirstNoEmit) {
        if (emitted != nullptr) diagnostics_.report(diag::options_exclude, {}, emitted, row.name);
        emitted = row.name;
      }
      row.set(options_);
    }
  }

  void take_warning(const std::string& text) {
    if (text == "error") {
      options_.warnings.as_errors = true;
      return;
    }
    std::vector<std::string> known = {"error"};
    for (const DiagnosticInfo* info : diagnostic_catalogue()) {
      if (info->severity == Severity::Error) continue;
      std::string name(info->name);
      std::replace(name.begin(), name.end(), '_', '-');
      known.push_back("no-" + name);
      if (text != known.back()) continue;
      options_.warnings.silenced.emplace_back(info->name);
      return;
    }
    report_unknown("-W" + text, known, "-W");
  }

  /// What the table does not know: the program's name and mistakes.
  void take_rest() {
    std::vector<std::string> names;
    for (const std::string& extra : app_.remaining()) {
      if (extra.size() > 1 && extra[0] == '-')
        report_unknown_option(extra);
      else
        names.push_back(extra);
    }
    if (!names.empty()) options_.input = names[0];
    if (names.size() > 1) options_.second_input = names[1];
    options_.inputs = std::move(names);
  }

  void report_unknown_option(const std::string& text) {
    std::vector<std::string> known;
    auto add = [&](std::string_view row) {
      for (const std::string& name : split_commas(row)) known.push_back(name);
    };
    for (const FlagRow& row : kFlags) add(row.name);
    for (const ValueRow& row : kValues) add(row.name);
    report_unknown(text.substr(0, text.find('=')), known, "");
  }

  void report_unknown(const std::string& name, const std::vector<std::string>& known,
                      std::string_view prefix) {
    std::vector<std::string> full;
    for (const std::string& option : known) full.push_back(std::string(prefix) + option);
    std::string near(nearest_name(name, {full.begin(), full.end()}));
    DiagnosticBuilder report = diagnostics_.report(diag::unknown_option, {}, name);
    if (near.empty())
      report.help("`pflowc --help` lists the options");
    else
      report.help(fmt::format("an option with a similar name exists: `{}`", near));
  }

  static std::string_view first_name(std::string_view row) { return row.substr(0, row.find(',')); }

  Diagnostics& diagnostics_;
  Options options_;
  CLI::App app_;
  std::array<std::string, std::size(kValues)> values_;
  std::vector<std::string> warnings_;
};

}  // namespace

std::span<const std::string_view> subcommands() { return kSubcommands; }

Options parse_options(std::span<const std::string> arguments, Diagnostics& diagnostics) {
  std::vector<std::string> rest(arguments.begin(), arguments.end());
  std::string first = rest.empty() ? "" : rest.front();
  bool subcommand =
      std::find(kSubcommands.begin(), kSubcommands.end(), first) != kSubcommands.end();
  if (subcommand) rest.erase(rest.begin());

  Options options = OptionReader(diagnostics).read(std::move(rest));
  options.command_line.assign(arguments.begin(), arguments.end());
  if (options.command != Command::Compile || !subcommand) return options;
  if (first == "check") options.emit = Emit::Nothing;
  if (first == "test") options.command = Command::Test;
  if (first == "cache") options.command = Command::Cache;
  if (first == "explain") {
    options.command = Command::Explain;
    options.explain = std::exchange(options.input, {});
  }
  return options;
}

std::string help_text() {
  std::string text =
      "pflowc compiles flow programs to native executables.\n\n"
      "  pflowc FILE.pf [-o OUT]    compile; `-` reads standard input\n"
      "  pflowc check FILE.pf       check only\n"
      "  pflowc test [FILE.pf …]    run the tests of programs, or of all below a folder\n"
      "  pflowc explain PF0301      what a diagnostic means\n"
      "  pflowc cache show          what the results of stages with `cache` take\n"
      "  pflowc cache clear         remove them\n"
      "  pflowc keys --help         keys of providers\n"
      "  pflowc aliases --help      names of models\n"
      "  pflowc fragments --help    texts for prompts\n"
      "  pflowc models --help       models, the default one, what they are given\n"
      "  pflowc logs --help         what models were asked\n\nOptions:\n";
  auto row = [&](std::string_view names, std::string_view help) {
    text += fmt::format("  {:<24} {}\n", names, help);
  };
  auto spaced = [](std::string_view names) {
    return fmt::format("{}", fmt::join(split_commas(names), ", "));
  };
  for (const ValueRow& option : kValues) {
    bool one_letter = std::string_view(option.name).size() == 2;
    row(spaced(option.name) + (one_letter ? "" : " ") + option.value, option.help);
  }
  for (const FlagRow& flag : kFlags) row(spaced(flag.name), flag.help);
  row("-Werror", "warnings are errors");
  row("-Wno-NAME", "without the warning NAME");
  return text;
}

}  // namespace pflow
