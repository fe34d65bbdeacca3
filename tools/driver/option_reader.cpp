#include "tools/driver/option_reader.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>

#include "tools/driver/commands/commands.h"
#include "tools/driver/own_arguments.h"

namespace pflow {
namespace {

std::string first_name(const OptionRow& row) {
  std::string_view names = row.name;
  return std::string(names.substr(0, names.find(',')));
}

/// One reading of the options of a command.
class OptionReader {
 public:
  OptionReader(const Command& command, Diagnostics& diagnostics)
      : command_(command), diagnostics_(diagnostics) {
    app_.set_help_flag();
    app_.allow_extras();
    for (OptionRows rows : command.options())
      for (const OptionRow& row : rows) add(row);
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
    for (const Given& given : given_) take(given);
    for (const std::string& warning : options_.warning_words) take_warning(warning);
    take_rest();
    return std::move(options_);
  }

 private:
  struct Given {
    const OptionRow* row;
    std::vector<std::string> values;
  };

  void add(const OptionRow& row) {
    Given& given = given_.emplace_back(Given{&row, {}});
    if (row.value.empty() || !row.otherwise.empty())
      app_.add_flag(row.name);
    else
      app_.add_option(row.name, given.values)
          ->type_size(1 + static_cast<int>(std::ranges::count(row.value, ' ')))
          ->allow_extra_args(false)
          ->expected(1)
          ->take_all();
  }

  void take(const Given& given) {
    const OptionRow& row = *given.row;
    const std::string name = first_name(row);
    if (app_.count(name) == 0) return;
    if (row.alone && alone_ != nullptr)
      diagnostics_.report(diag::options_exclude, {}, alone_, row.name);
    if (row.alone) alone_ = row.name;
    if (row.value.empty()) row.set(options_, "");
    const std::vector<std::string> values =
        row.otherwise.empty() ? given.values : values_or(row, app_.get_option(name)->results());
    for (const std::string& value : values) {
      std::string_view expected = row.set(options_, value);
      if (!expected.empty()) diagnostics_.report(diag::bad_option_value, {}, name, expected, value);
    }
  }

  /// CLI11 has `true` for a flag without a value.
  static std::vector<std::string> values_or(const OptionRow& row, std::vector<std::string> values) {
    std::ranges::replace(values, "true", std::string(row.otherwise));
    return values;
  }

  void take_warning(const std::string& text) {
    if (text == "error") {
      options_.warnings.as_errors = true;
      return;
    }
    std::vector<std::string> known = {"-Werror"};
    for (const DiagnosticInfo* info : diagnostic_catalogue()) {
      if (info->severity == Severity::Error) continue;
      std::string name(info->name);
      std::replace(name.begin(), name.end(), '_', '-');
      known.push_back("-Wno-" + name);
      if ("-W" + text != known.back()) continue;
      options_.warnings.silenced.emplace_back(info->name);
      return;
    }
    report_unknown("-W" + text, known);
  }

  /// What the rows do not know: the program's name and mistakes.
  void take_rest() {
    bool ended = false;
    for (const std::string& extra : app_.remaining()) {
      if (extra == "--" && !ended)
        ended = true;
      else if (!ended && extra.size() > 1 && extra[0] == '-')
        report_unknown_option(extra.substr(0, extra.find('=')));
      else
        options_.words.push_back(extra);
    }
    options_.input = options_.word(0);
  }

  void report_unknown_option(const std::string& name) {
    std::vector<std::string> known = names_of(command_), others;
    for (const Command* other : commands()) add_if_known(name, *other, others);
    add_if_known(name, kCompileCommand, others);
    if (others.empty()) return report_unknown(name, known);
    diagnostics_.report(diag::unknown_option, {}, name)
        .help(fmt::format("it is an option of {}", fmt::join(others, " and ")));
  }

  static void add_if_known(const std::string& name, const Command& command,
                           std::vector<std::string>& to) {
    std::vector<std::string> names = names_of(command);
    if (std::ranges::find(names, name) == names.end()) return;
    to.push_back(command.name.empty() ? "`pflowc FILE.pf`"
                                      : fmt::format("`pflowc {}`", command.name));
  }

  static std::vector<std::string> names_of(const Command& command) {
    std::vector<std::string> names;
    for (OptionRows rows : command.options())
      for (const OptionRow& row : rows)
        for (const std::string& name : CLI::detail::split(row.name, ',')) names.push_back(name);
    return names;
  }

  void report_unknown(const std::string& name, const std::vector<std::string>& known) {
    std::string near(nearest_name(name, {known.begin(), known.end()}));
    DiagnosticBuilder report = diagnostics_.report(diag::unknown_option, {}, name);
    if (!near.empty())
      report.help(fmt::format("an option with a similar name exists: `{}`", near));
    else if (command_.name.empty())
      report.help("`pflowc --help` lists the options");
    else
      report.help(fmt::format("`pflowc {} --help` lists the options", command_.name));
  }

  const Command& command_;
  Diagnostics& diagnostics_;
  Options options_;
  CLI::App app_;
  std::deque<Given> given_;  // CLI11 writes into them
  const char* alone_ = nullptr;
};

}  // namespace

Options parse_options(std::span<const std::string> arguments, Diagnostics& diagnostics) {
  const Command* command = arguments.empty() ? nullptr : find_command(arguments.front());
  std::span<const std::string> own = arguments.subspan(command == nullptr ? 0 : 1), rest;
  if (command == nullptr) command = &kCompileCommand;
  if (command->own_words != 0) {
    const size_t count = own_arguments(*command, own).count;
    rest = own.subspan(count);
    own = own.first(count);
  }
  Options options = OptionReader(*command, diagnostics).read({own.begin(), own.end()});
  options.command = command;
  options.passed_on.assign(rest.begin(), rest.end());
  options.own.assign(own.begin(), own.end());
  options.command_line.assign(arguments.begin(), arguments.end());
  return options;
}

}  // namespace pflow
