// pflowc FILE.pf: what a command line without a command does.
#include <fmt/format.h>

#include <algorithm>

#include "codegen/options.h"
#include "tools/driver/commands/commands.h"
#include "tools/driver/compile.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/home/session.h"
#include "tools/driver/input_check.h"
#include "tools/driver/options.h"
#include "tools/driver/reference/explain_command.h"
#include "tools/driver/report.h"
#include "tools/driver/schema/schema_types.h"

namespace pflow {
namespace {

template <Emit kind>
std::string_view emit(Options& options, const std::string&) {
  options.emit = kind;
  return {};
}

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    size_t comma = std::min(text.find(','), text.size());
    if (comma != 0) parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

std::string_view set_output(Options& options, const std::string& value) {
  options.output = value;
  return value.empty() ? "a file name" : "";
}

/// What is no watch.
constexpr std::string_view kServe = "serve", kRestate = "restate";

/// `progress or trace or …`.
const std::string& part_names() {
  static const std::string kNames = [] {
    std::vector<std::string_view> names;
    for (const codegen::Watch& watch : codegen::kWatches)
      if (names.empty() || names.back() != watch.part) names.push_back(watch.part);
    names.push_back(kServe);
    names.push_back(kRestate);
    return fmt::format("{}", fmt::join(names, " or "));
  }();
  return kNames;
}

std::string_view set_parts(Options& options, const std::string& value) {
  for (std::string& name : split_commas(value)) {
    if (name != kServe && name != kRestate &&
        std::ranges::find(codegen::kWatches, name, &codegen::Watch::part) ==
            std::end(codegen::kWatches))
      return part_names();
    options.parts.push_back(std::move(name));
  }
  return options.parts.empty() ? std::string_view(part_names()) : "";
}

std::string_view set_graph(Options& options, const std::string& value) {
  constexpr std::pair<std::string_view, GraphForm> kForms[] = {{"dot", GraphForm::Dot},
                                                               {"mermaid", GraphForm::Mermaid},
                                                               {"json", GraphForm::Json},
                                                               {"html", GraphForm::Html},
                                                               {"svg", GraphForm::Svg}};
  options.emit = Emit::Graph;
  for (const auto& [name, form] : kForms) {
    if (name != value) continue;
    options.graph = form;
    return {};
  }
  return "dot, mermaid, json, html or svg";
}

std::string_view set_passes(Options& options, const std::string& value) {
  options.passes = value == "none" ? std::vector<std::string>{} : split_commas(value);
  options.passes_given = true;
  return {};
}

std::string_view set_print_after(Options& options, const std::string& value) {
  options.print_after = value;
  return value.empty() ? "a pass, or all" : "";
}

std::string_view set_schema(Options& options, const std::string& value) {
  options.schema_from = value;
  return value.empty() ? "a file with a JSON Schema" : "";
}

std::string_view set_explain(Options& options, const std::string& value) {
  options.explains = true;
  options.explain = value;
  return {};
}

constexpr OptionRow kOutput[] = {
    {"-o,--output", "FILE", "where to write; default: FILE.pf without .pf", set_output},
};

constexpr OptionRow kLinked[] = {
    {"--static", "", "an executable that needs nothing of the machine",
     set_flag<&Options::is_static>},
    {"--with", "A,B",
     "with these, which programs that wait have: progress, trace, report, otlp, journal; or serve",
     set_parts},
    {"--shared-curl", "", "makes requests with the machine's libcurl",
     set_flag<&Options::shared_curl>},
};

constexpr OptionRow kOthers[] = {
    {"--check", "", "check only, make nothing", emit<Emit::Nothing>, true},
    {"--emit-ast", "", "print the syntax tree", emit<Emit::Ast>, true},
    {"--emit-ir", "", "print the flow IR", emit<Emit::Ir>, true},
    {"--emit-llvm", "", "print the LLVM IR", emit<Emit::Llvm>, true},
    {"--emit-asm", "", "print the assembly", emit<Emit::Asm>, true},
    {"--emit-obj", "", "write the object file", emit<Emit::Obj>, true},
    {"--emit-graph", "FORM", "draw the flows: dot, mermaid, json, html or svg", set_graph, true,
     false, "dot"},
    {"--emit-node-header", "", "print the C++ header of an interface file", emit<Emit::NodeHeader>,
     true},
    {"--schema-from", "FILE", "print the types that a JSON Schema describes", set_schema, true},
    {"--passes", "A,B", "run just these passes over the IR, or `none`", set_passes},
    {"--print-after", "PASS", "print the IR after a pass, or after `all`", set_print_after},
    {"--explain", "CODE", "explain a diagnostic, as `pflowc explain CODE`", set_explain},
    {"--version", "", "print the version", set_flag<&Options::version>},
};

std::vector<OptionRows> options() {
  return {kOutput,        kCodeOptions,    kTargetOption, kLinked, kEntryOptions,
          kChecksOptions, kPackageOptions, kTimeOption,   kOthers, kCommonOptions};
}

int print_types(const Options& options, DriverEnv& env) {
  Result<schema::SchemaTypes> types = schema::schema_types(options.schema_from, *env.files);
  if (types) return print(types->declarations, options, env);
  home::Session session(options, env);
  const int code = session.fail(types.message());
  session.show();
  return code;
}

int run(const Options& options, DriverEnv& env) {
  if (options.version) return print("pflowc " PFLOW_VERSION "\n", options, env);
  if (options.explains) return explain(options.explain, options, env);
  if (!options.schema_from.empty()) return print_types(options, env);
  if (!check_input(options, env)) return kExitUsage;
  return compile(options, env);
}

}  // namespace

constexpr Command kCompileCommand = {"",
                                     "compile a program; `-` reads standard input",
                                     "FILE.pf [-o OUT]",
                                     "review.pf -o review",
                                     options,
                                     run};

}  // namespace pflow
