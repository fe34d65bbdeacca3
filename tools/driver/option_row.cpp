#include "tools/driver/option_row.h"

#include <fmt/format.h>

#include <charconv>

#include "tools/driver/options.h"

namespace pflow {
namespace {

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

std::string_view add_warning(Options& options, const std::string& value) {
  options.warning_words.push_back(value);
  return {};
}

std::string_view add_package_place(Options& options, const std::string& value) {
  options.package_path.push_back(value);
  return value.empty() ? "a folder" : "";
}

/// `x86_64-linux-gnu or aarch64-linux-gnu`.
const std::string& target_names() {
  static const std::string kNames = [] {
    std::vector<std::string_view> names;
    for (const codegen::Target& target : codegen::targets()) names.push_back(target.triple);
    return fmt::format("{}", fmt::join(names, " or "));
  }();
  return kNames;
}

std::string_view set_target(Options& options, const std::string& value) {
  const codegen::Target* found = codegen::find_target(value);
  if (found == nullptr) return target_names();
  options.target = *found;
  return {};
}

std::string_view set_flow(Options& options, const std::string& value) {
  options.flow = value;
  return value.empty() ? "the name of a flow" : "";
}

constexpr OptionRow kCommon[] = {
    {"--help,-h", "", "print this", set_flag<&Options::help>},
    {"--error-format", "FORMAT", "text (default), json or short", set_format},
    {"--color", "WHEN", "auto (default), always or never", set_color},
};

constexpr OptionRow kChecks[] = {
    {"-W", "error,-Wno-NAME", "warnings are errors; without the warning NAME", add_warning},
    {"--error-limit", "N", "show so many errors (default 20, 0: all)", set_limit},
};

constexpr OptionRow kPackages[] = {
    {"--package-path", "DIR", "look for packages in this folder, too", add_package_place},
};

constexpr OptionRow kEntry[] = {
    {"--flow", "NAME", "the entry flow; default: main, or the only one", set_flow},
};

constexpr OptionRow kCode[] = {
    {"-O", "LEVEL", "optimise what can run more than once: 0, 1 or 2 (default)", set_level},
    {"-g", "", "with line tables for debuggers", set_flag<&Options::debug_info>},
};

constexpr OptionRow kTarget[] = {
    {"--target", "TRIPLE", "for x86_64-linux-gnu or aarch64-linux-gnu; default: as this machine",
     set_target},
};

constexpr OptionRow kTime[] = {
    {"--time", "", "milliseconds per phase on standard error, as JSON", set_flag<&Options::time>},
};

constexpr OptionRow kJson[] = {{"--json", "", "print JSON", set_flag<&Options::json>}};

}  // namespace

constexpr OptionRows kCommonOptions = kCommon;
constexpr OptionRows kChecksOptions = kChecks;
constexpr OptionRows kPackageOptions = kPackages;
constexpr OptionRows kEntryOptions = kEntry;
constexpr OptionRows kCodeOptions = kCode;
constexpr OptionRows kTargetOption = kTarget;
constexpr OptionRows kTimeOption = kTime;
constexpr OptionRows kJsonOption = kJson;

}  // namespace pflow
