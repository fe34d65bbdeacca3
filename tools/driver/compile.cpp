#include "tools/driver/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "codegen/codegen.h"
#include "frontend/ast/print.h"
#include "frontend/graph/build.h"
#include "frontend/lower/lower.h"
#include "frontend/parse/parse.h"
#include "frontend/sema/sema.h"
#include "ir/effect_table.h"
#include "ir/passes/passes.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/internal_error.h"
#include "tools/driver/node_header.h"
#include "tools/driver/node_path.h"
#include "tools/driver/packages/lock.h"
#include "tools/driver/packages/models.h"
#include "tools/driver/packages/reached.h"
#include "tools/driver/phase_timer.h"
#include "tools/driver/plan_text.h"
#include "tools/driver/report.h"
#include "tools/driver/toolchain.h"
#include "tools/graph/forms.h"
#include "tools/report/report_page.h"

namespace pflow {
namespace {

class Compilation {
 public:
  Compilation(const Options& options, DriverEnv& env)
      : options_(options), env_(env), diagnostics_(options.warnings) {}

  int run() {
    int code = phases();
    timer_.stop();
    show(diagnostics_, sources_, options_, env_);
    if (options_.time) env_.err(timer_.json());
    return code == kExitDone && diagnostics_.has_errors() ? kExitErrors : code;
  }

  [[nodiscard]] CompileReport& report() { return report_; }

 private:
  /// Each phase runs when the one before it left no error.
  int phases() {
    if (!choose_output() || !choose_passes()) return kExitUsage;
    if (!read() || !parse()) return kExitErrors;
    if (options_.emit == Emit::Ast) return deliver(ast::print(*file_, names_) + '\n');
    if (options_.emit == Emit::NodeHeader) return emit_node_header();
    if (!check()) return kExitErrors;
    if (options_.emit == Emit::Nothing) return kExitDone;
    if (options_.emit != Emit::Graph && !has_entry()) return kExitErrors;
    timer_.start("lower");
    ir::Module module = lower(checked_, sources_, names_, types_);
    if (options_.emit == Emit::Graph) return emit_graph(module);
    if (serving() == codegen::Serving::Restate) ir::let_effects_wait(module);
    for (const ir::Test& test : module.tests) report_.test_titles.push_back(test.title);
    if (options_.tests && report_.test_titles.empty()) return kExitDone;
    draw_report_page(module);
    if (int code = run_passes(module); code != kExitDone) return code;
    choose_watches(module);
    if (options_.emit == Emit::Ir) return deliver(ir::print(module));
    if (options_.emit == Emit::Plan) return emit_plan(module);
    if (options_.emit == Emit::Executable && stops_after_print()) return kExitDone;
    return generate(module);
  }

  /// The output's name, and that it is not the source itself.
  bool choose_output() {
    output_ = options_.output;
    // As everywhere, `-` is standard output, where text is asked for.
    if (output_ == "-" && options_.emit != Emit::Executable) output_.clear();
    if (!output_.empty()) {
      std::error_code none;
      if (std::filesystem::equivalent(output_, options_.input, none)) return overwrites();
      return true;
    }
    if (options_.emit != Emit::Executable || stops_after_print()) return true;
    std::filesystem::path input(options_.input);
    if (options_.input == "-") {
      diagnostics_.report(diag::no_output, {}).help("`-o FILE` names it");
      return false;
    }
    if (input.extension() != ".pf") return overwrites();
    output_ = input.replace_extension().string();
    return true;
  }

  bool overwrites() {
    diagnostics_.report(diag::output_is_input, {}, output_.empty() ? options_.input : output_)
        .help("`-o FILE` names another output");
    return false;
  }

  /// --print-after alone asks for the print, not for an executable.
  [[nodiscard]] bool stops_after_print() const {
    return !options_.print_after.empty() && options_.output.empty();
  }

  bool choose_passes() {
    std::vector<std::string_view> known;
    for (const ir::Pass& pass : ir::all_passes()) known.push_back(pass.name);
    auto check_name = [&](const std::string& name) {
      if (std::find(known.begin(), known.end(), name) != known.end()) return;
      std::string_view near = nearest_name(name, known);
      DiagnosticBuilder report = diagnostics_.report(diag::unknown_pass, {}, name);
      report.note(fmt::format("the passes are {}", fmt::join(known, ", ")));
      if (!near.empty()) report.help(fmt::format("a pass with a similar name exists: `{}`", near));
    };
    for (const std::string& name : options_.passes) check_name(name);
    if (!options_.print_after.empty() && options_.print_after != "all")
      check_name(options_.print_after);
    return !diagnostics_.has_errors();
  }

  bool read() {
    timer_.start("read");
    std::string name = source_name();
    Result<std::string> text = program_text();
    if (!text)
      diagnostics_.report(diag::cannot_read, {}, name, text.message());
    else
      source_ = sources_.add(std::move(name), std::move(*text));
    return !diagnostics_.has_errors();
  }

  [[nodiscard]] std::string source_name() const {
    if (options_.code) return options_.code->name;
    return options_.input == "-" ? "<stdin>" : options_.input;
  }

  [[nodiscard]] Result<std::string> program_text() {
    if (options_.code) return options_.code->text;
    return options_.input == "-" ? env_.read_input() : env_.files->read(options_.input);
  }

  bool parse() {
    timer_.start("parse");
    file_ = parse_file(source_, role(), sources_, names_, diagnostics_, ids_);
    return !diagnostics_.has_errors();
  }

  [[nodiscard]] FileRole role() const {
    if (packages::package_of(*env_.files, source_name())) return FileRole::Package;
    return options_.emit == Emit::NodeHeader ? FileRole::Interface : FileRole::Program;
  }

  bool check() {
    timer_.start("check");
    Toolchain toolchain = find_toolchain(env_);
    if (!has_nodes(toolchain, env_, diagnostics_)) return false;
    sema::Options wanted{node_path(options_, env_), options_.flow, options_.tests,
                         serving() != codegen::Serving::No};
    checked_ = sema::check(std::move(file_), wanted, *env_.files, sources_, names_, types_,
                           diagnostics_, ids_);
    if (!diagnostics_.has_errors())
      models_ = packages::models_of_packages(checked_, *env_.files, sources_, diagnostics_);
    if (!diagnostics_.has_errors() && !options_.code)  // what stands in no file has none beside it
      packages::check_lock(checked_, source_name(), *env_.files, sources_, diagnostics_);
    return !diagnostics_.has_errors();
  }

  /// A program of tests alone is nothing to run but by `pflowc test`.
  bool has_entry() {
    if (options_.tests || checked_.program.entry.valid()) return true;
    diagnostics_.report(diag::no_entry, Span{source_, 0, 0})
        .label("nothing to run but tests")
        .help("`pflowc test` runs them");
    return false;
  }

  /// The module's name is the file's: files/files.pf is `files`.
  int emit_node_header() {
    std::string module = std::filesystem::path(options_.input).stem().string();
    return deliver(node_header(*file_, names_, module));
  }

  int emit_graph(const ir::Module& module) {
    timer_.start("graph");
    const graph::Graph made = graph::build(checked_, module, sources_, names_);
    switch (options_.graph) {
      case GraphForm::Dot: return deliver(graph::dot(made));
      case GraphForm::Mermaid: return deliver(graph::mermaid(made));
      case GraphForm::Json: return deliver(graph::json(made));
      case GraphForm::Html: return deliver(graph::html(made, source_name()));
      case GraphForm::Svg: break;
    }
    Result<std::string> drawn = graph::svg(made);
    if (drawn) return deliver(*drawn);
    diagnostics_.report(diag::cannot_write, {}, "the picture", drawn.message())
        .help("`apt-get install graphviz` installs `dot`; `--emit-graph=html` needs nothing");
    return kExitErrors;
  }

  int emit_plan(const ir::Module& module) {
    const std::vector<ir::EffectRow> rows = ir::effect_table(module, module.entry);
    return deliver(options_.json ? plan_json(rows, module, sources_)
                                 : plan_text(rows, module, sources_));
  }

  [[nodiscard]] codegen::Serving serving() const {
    if (is_asked_for("restate")) return codegen::Serving::Restate;
    return is_asked_for("serve") ? codegen::Serving::Here : codegen::Serving::No;
  }

  [[nodiscard]] bool is_asked_for(std::string_view part) const {
    return std::ranges::find(options_.parts, part) != options_.parts.end();
  }

  /// What may wait is watched sooner or later, and so is what is tried out.
  [[nodiscard]] bool is_watched(const ir::Module& module) const {
    return options_.starts || codegen::may_wait(module);
  }

  /// Where a report may be asked for, as far as is known before the passes.
  void draw_report_page(const ir::Module& module) {
    if (options_.emit != Emit::Executable || options_.tests) return;
    if (is_asked_for("report") || is_watched(module))
      report_page_ = report::report_page(graph::build(checked_, module, sources_, names_));
  }

  /// A collector of traces needs the client, which is there where requests are made.
  void choose_watches(const ir::Module& module) {
    if (options_.emit != Emit::Executable || options_.tests) return;
    const bool all = is_watched(module);
    const bool client = std::ranges::any_of(module.nodes, &ir::Node::network);
    for (const codegen::Watch& watch : codegen::kWatches) {
      const bool kept = module.durable && watch.part == "journal";
      if (kept || is_asked_for(watch.part) || (watch.part == "otlp" ? client : all))
        watches_.push_back(&watch);
      else if (watch.part == "report")
        report_page_.clear();
    }
  }

  int run_passes(ir::Module& module) {
    timer_.start("passes");
    if (int code = verify(module, "lowering"); code != kExitDone) return code;
    std::string printed;
    for (const ir::Pass& pass : ir::all_passes()) {
      bool wanted = !options_.passes_given || pass.name == "drops" ||
                    std::find(options_.passes.begin(), options_.passes.end(), pass.name) !=
                        options_.passes.end();
      if (!wanted) continue;
      pass.run(module);
      if (int code = verify(module, pass.name); code != kExitDone) return code;
      if (options_.print_after == pass.name || options_.print_after == "all")
        printed += fmt::format("; after {}\n{}", pass.name, ir::print(module));
    }
    return printed.empty() ? kExitDone : print(printed);
  }

  /// In debug builds and where tests ask for it: the IR keeps its rules.
  int verify(const ir::Module& module, std::string_view after) {
#ifdef NDEBUG
    if (env_.variable("PFLOW_VERIFY").empty()) return kExitDone;
#endif
    std::vector<std::string> problems = ir::verify(module);
    if (problems.empty()) return kExitDone;
    return bug(fmt::format("the IR is broken after {}: {}", after, fmt::join(problems, "; ")));
  }

  int generate(const ir::Module& module) {
    timer_.start("codegen");
    codegen::Code code(module, sources_,
                       {.target = options_.target,
                        .opt_level = options_.opt_level,
                        .debug_info = options_.debug_info,
                        .places = !options_.code || options_.code->places,
                        .whole = options_.emit != Emit::Executable,
                        .watches = watches_,
                        .report_page = std::move(report_page_),
                        .serving = serving(),
                        .models = std::move(models_)});
    if (!code.problem().empty()) return bug(code.problem());
    timer_.start("optimise");
    code.optimise();
    timer_.start("emit");
    if (options_.emit == Emit::Llvm) return deliver(code.llvm_text());
    if (options_.emit == Emit::Asm) return deliver(code.assembly());
    if (options_.emit == Emit::Obj) return deliver(code.object());
    std::vector<std::string> objects = code.objects();
    timer_.start("link");
    const std::optional<packages::Reached> reached = packages::reached_archives(
        code.modules(), {checked_, sources_, names_, options_.all_of_packages},
        options_.target.triple, env_, diagnostics_);
    if (!reached) return kExitErrors;
    codegen::LinkRequest request{.objects = std::move(objects),
                                 .modules = reached->modules,
                                 .packages = reached->packages,
                                 .target = options_.target,
                                 .needs_loop = code.needs_loop(),
                                 .needs_cache = code.needs_cache(),
                                 .needs_cores = code.needs_cores(),
                                 .watches = watches_,
                                 .serving = serving(),
                                 .debug_info = options_.debug_info,
                                 .is_static = options_.is_static,
                                 .curl = options_.starts        ? codegen::Curl::Installation
                                         : options_.shared_curl ? codegen::Curl::Machine
                                                                : codegen::Curl::Inside,
                                 .library_dir = find_target_library(env_, options_.target.triple),
                                 .output = output_,
                                 .linked = &report_.linked};
    return codegen::link(request, diagnostics_) ? kExitDone : kExitErrors;
  }

  /// To -o or standard output.
  int deliver(std::string_view bytes) {
    if (output_.empty()) return print(bytes);
    timer_.start("write");
    Result<Done> written = env_.files->write(output_, bytes);
    return written ? kExitDone : cannot_write(fmt::format("`{}`", output_), written.message());
  }

  int print(std::string_view bytes) {
    Result<Done> written = env_.out(bytes);
    return written ? kExitDone : cannot_write("standard output", written.message());
  }

  int cannot_write(const std::string& where, const std::string& why) {
    diagnostics_.report(diag::cannot_write, {}, where, why);
    return kExitErrors;
  }

  int bug(std::string_view what) {
    return internal_error(env_, what, command_line(options_.command_line));
  }

  const Options& options_;
  DriverEnv& env_;
  PhaseTimer timer_;
  SourceMap sources_;
  Interner names_;
  ir::TypeTable types_;
  ParseIds ids_;
  Diagnostics diagnostics_;
  CompileReport report_;
  std::vector<const codegen::Watch*> watches_;
  std::string report_page_;
  std::string output_;
  FileId source_;
  std::unique_ptr<ast::File> file_;
  sema::Checked checked_;
  std::vector<codegen::PackageModels> models_;
};

}  // namespace

int compile(const Options& options, DriverEnv& env, CompileReport* report) {
  Compilation compilation(options, env);
  int code = compilation.run();
  if (report != nullptr && code == kExitDone) *report = std::move(compilation.report());
  return code;
}

}  // namespace pflow
