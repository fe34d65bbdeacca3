/// The options of commands, as rows: those that several commands take, by group.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pflow {

struct Options;

struct OptionRow {
  const char* name;        ///< `-o,--output`
  std::string_view value;  ///< how help calls its value, or two; empty: it takes none
  std::string_view help;
  /// Takes the value; answers what it expected when the value does not fit.
  std::string_view (*set)(Options&, const std::string& value);
  bool alone = false;  ///< no other such option may stand beside it
  bool last = false;   ///< what follows its value is passed on
  /// What its value is when it is left out; empty: it must be given. A value that may be left out
  /// stands behind `=`.
  std::string_view otherwise = {};
};

using OptionRows = std::span<const OptionRow>;

extern const OptionRows kCommonOptions;   ///< of every command
extern const OptionRows kChecksOptions;   ///< of those that check programs
extern const OptionRows kPackageOptions;  ///< of those that import packages
extern const OptionRows kEntryOptions;    ///< of those that look at the entry flow
extern const OptionRows kCodeOptions;     ///< of those that make executables
extern const OptionRows kTargetOption;    ///< `--target`
extern const OptionRows kTimeOption;      ///< `--time`
extern const OptionRows kJsonOption;      ///< `--json`

/// Sets a member to true.
template <auto member>
std::string_view set_flag(Options& options, const std::string&) {
  options.*member = true;
  return {};
}

/// Sets a member to the value.
template <auto member>
std::string_view set_text(Options& options, const std::string& value) {
  options.*member = value;
  return {};
}

}  // namespace pflow
