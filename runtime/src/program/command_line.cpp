#include "runtime/src/program/command_line.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pflow/serve.h"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/failures/report_json.h"
#include "runtime/src/program/builtin_options.h"
#include "runtime/src/program/config.h"
#include "runtime/src/program/option_value.h"
#include "runtime/src/program/recording_options.h"
#include "runtime/src/program/run_options.h"
#include "runtime/src/program/serving.h"
#include "runtime/src/program/watches.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/nearest.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {
namespace {

bool g_quiet;
bool g_live;
bool g_explains_cache;
RecordingOptions g_recording;

const char* base_name(const char* path) {
  const char* slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

bool is_bool(const pf_param& param) { return plain_type(param.type)->kind == PF_BOOL; }

/// `-5` and `-` are values; every other text with a dash in front is an option.
bool looks_like_option(const char* arg) {
  return arg[0] == '-' && arg[1] != '\0' && !(arg[1] >= '0' && arg[1] <= '9');
}

/// Of an option that takes no value.
void set_flag(Builtin option) {
  if (option == Builtin::Json) set_json_output(true);
  if (option == Builtin::Quiet) g_quiet = true;
  if (option == Builtin::Live) g_live = true;
  if (option == Builtin::Usage) ask_for_usage();
  if (option == Builtin::ExplainCache) explain_cache();
}

/// As cron and CI say it: `PFLOW_QUIET=1`. Those with a value are looked for where it is used.
void set_flags_of_environment() {
  for (const BuiltinOption& option : kBuiltinOptions) {
    if (option.value || option.id == Builtin::Help || option.id == Builtin::Version ||
        option.id == Builtin::Watch || option.id == Builtin::Mcp)
      continue;
    Buffer name;
    add_variable_name(name, option.name);
    const char* set = getenv(name.c_str());
    if (set && *set && strcmp(set, "0") != 0) set_flag(option.id);
  }
}

class CommandLineReader {
 public:
  CommandLineReader(int argc, char** argv, const pf_program& program, Params& params)
      : argc_(argc), argv_(argv), program_(program), params_(params) {}

  CommandLine read();

 private:
  bool wrong(Buffer& message, pf_str help = {});
  bool read_option(const char* arg);
  [[nodiscard]] const BuiltinOption* builtin(pf_str name) const;
  bool read_builtin(const BuiltinOption& option, const char* shown, const char* inline_value);
  bool set_builtin(const BuiltinOption& option, const char* shown, pf_str text);
  bool set_recording(const BuiltinOption& option, const char* value);
  bool set_budget(const char* shown, pf_str text);
  bool watch(const BuiltinOption& option, const char* shown, const char* value);
  bool serve(const BuiltinOption& option, const char* shown, const char* address);
  bool not_linked(const BuiltinOption& option, const char* shown);
  [[nodiscard]] bool can_serve();
  bool read_param(uint32_t index, const char* shown, const char* inline_value, bool negated);
  bool read_positional(const char* arg);
  bool set(uint32_t index, const char* shown, pf_str text);
  bool take_value(const char* shown, const char* inline_value, pf_str* out);
  bool unknown(const char* arg, pf_str name);
  [[nodiscard]] bool answer_first();

  int argc_;
  char** argv_;
  const pf_program& program_;
  Params& params_;
  int next_ = 1;
  uint32_t positional_ = 0;
  bool budget_given_ = false;
};

bool CommandLineReader::wrong(Buffer& message, pf_str help) {
  Buffer see;
  if (help.len == 0 && argc_ > 0) {
    see.format("`%s --help` lists the options", argv_[0]);
    help = see.text();
  }
  print_report({PF_E_USAGE, nullptr, message.text(), help});
  return false;
}

bool CommandLineReader::set(uint32_t index, const char* shown, pf_str text) {
  const pf_param& param = program_.params[index];
  Buffer message, problem, help;
  // The last of `--x --no-x` counts; any other value is given once.
  if (params_.is_set(index) && !repeated_type(param.type) && !is_bool(param)) {
    message.format("`%s` is given twice", shown);
    return wrong(message);
  }
  if (read_value(text, param.type, params_.at(index), problem, help) == ReadValue::Wrong) {
    message.format("`%s` ", shown);
    message.add(problem.text());
    return wrong(message, help.text());
  }
  params_.mark_set(index);
  return true;
}

bool CommandLineReader::take_value(const char* shown, const char* inline_value, pf_str* out) {
  if (inline_value) {
    *out = view(inline_value);
    return true;
  }
  bool absent = next_ >= argc_;
  if (!absent && !looks_like_option(argv_[next_])) {
    *out = view(argv_[next_++]);
    return true;
  }
  Buffer message, help;
  message.format("`%s` needs a value", shown);
  if (!absent) help.format("write `%s=%s` if `%s` is the value", shown, argv_[next_], argv_[next_]);
  return wrong(message, help.text());
}

bool CommandLineReader::read_param(uint32_t index, const char* shown, const char* inline_value,
                                   bool negated) {
  if (is_bool(program_.params[index]) && !inline_value)
    return set(index, shown, view(negated ? "false" : "true"));
  pf_str text;
  return take_value(shown, inline_value, &text) && set(index, shown, text);
}

/// A parameter of the program hides the option of its name, but for `--pflow-NAME`.
const BuiltinOption* CommandLineReader::builtin(pf_str name) const {
  if (name.len > kOwnPrefix.size() && memcmp(name.data, kOwnPrefix.data(), kOwnPrefix.size()) == 0)
    return find_builtin({name.data + kOwnPrefix.size(), name.len - kOwnPrefix.size(), nullptr});
  return is_parameter(program_, name) ? nullptr : find_builtin(name);
}

bool CommandLineReader::set_budget(const char* shown, pf_str text) {
  double dollars = 0;
  if (read_float(text, &dollars) == NumberText::Ok && dollars > 0) {
    set_run_budget(dollars);
    return true;
  }
  Buffer message, help;
  message.format("`%s` expects US dollars above 0, found `%.*s`", shown, static_cast<int>(text.len),
                 text.data);
  help.format("write it like `%s 0.50`", shown);
  return wrong(message, help.text());
}

/// False: the option says nothing of recordings.
bool CommandLineReader::set_recording(const BuiltinOption& option, const char* value) {
  RecordingOptions& recording = recording_options();
  const char** said = option.id == Builtin::Record       ? &recording.record
                      : option.id == Builtin::Replay     ? &recording.replay
                      : option.id == Builtin::RecordMode ? &recording.mode
                                                         : nullptr;
  if (said) *said = value;
  return said != nullptr;
}

bool CommandLineReader::watch(const BuiltinOption& option, const char* shown, const char* value) {
  if (has_watch(program_, option.name)) {
    set_watch(program_, option.name, value);
    return true;
  }
  return not_linked(option, shown);
}

bool CommandLineReader::not_linked(const BuiltinOption& option, const char* shown) {
  Buffer message, help;
  message.format("`%s` is no part of this executable", shown);
  help.format("`pflowc %s.pf --with %s` makes one that has it, and `pflowc run` always does",
              program_.name, option.part);
  return wrong(message, help.text());
}

/// `address` is null of `--mcp`.
bool CommandLineReader::serve(const BuiltinOption& option, const char* shown, const char* address) {
  const pf_server* server = program_.server;
  const bool to_restate = option.id == Builtin::Restate;
  if (!server || (to_restate && !server->run_restate)) return not_linked(option, shown);
  if (!is_serving()) {
    serve_at(to_restate ? Served::ToRestate
             : address  ? Served::OverHttp
                        : Served::OnStreams,
             address);
    return true;
  }
  Buffer message;
  message.add("of `--mcp`, `--serve` and `--restate` one stands, and once");
  return wrong(message);
}

/// What is given beside `--mcp` or `--serve` has to make sense for many calls.
bool CommandLineReader::can_serve() {
  for (uint32_t i = 0; i < program_.param_count; ++i) {
    if (!params_.is_set(i)) continue;
    Buffer message, name;
    add_option_name(name, "--", program_.params[i].name);
    message.format("`%s` cannot be given here: who calls a flow gives its arguments", name.c_str());
    return wrong(message);
  }
  const char* watch = watch_of_one_run(program_);
  if (!watch) return true;
  Buffer message, help;
  message.format("`--%s` is about one run, and a server has many", watch);
  help.add("`--trace` and OpenTelemetry show them");
  return wrong(message, help.text());
}

bool CommandLineReader::set_builtin(const BuiltinOption& option, const char* shown, pf_str text) {
  if (option.id == Builtin::Watch) return watch(option, shown, text.data);
  if (option.id == Builtin::Serve || option.id == Builtin::Restate)
    return serve(option, shown, text.data);
  if (set_recording(option, text.data)) return true;
  if (option.id == Builtin::Budget) {
    budget_given_ = true;
    return set_budget(shown, text);
  }
  if (option.id == Builtin::Model) {
    set_model_option(text.data);
    return true;
  }
  pf_str on = view("on"), off = view("off");
  if (pf_str_equal(&text, &on) || pf_str_equal(&text, &off)) {
    choose_log(pf_str_equal(&text, &on) ? LogChoice::On : LogChoice::Off);
    return true;
  }
  Buffer message;
  message.format("`%s` expects `on` or `off`, found `%.*s`", shown, static_cast<int>(text.len),
                 text.data);
  return wrong(message);
}

bool CommandLineReader::read_builtin(const BuiltinOption& option, const char* shown,
                                     const char* inline_value) {
  if (option.value) {
    pf_str text;
    return take_value(shown, inline_value, &text) && set_builtin(option, shown, text);
  }
  if (inline_value) {
    Buffer message;
    message.format("`%s` takes no value", shown);
    return wrong(message);
  }
  if (option.id == Builtin::Watch) return watch(option, shown, "");
  if (option.id == Builtin::Mcp) return serve(option, shown, nullptr);
  set_flag(option.id);
  return true;
}

bool CommandLineReader::unknown(const char* arg, pf_str name) {
  Buffer message, help, names[2];
  message.format("unknown option `%.*s`", static_cast<int>(strcspn(arg, "=")), arg);
  Nearest nearest(name);
  Buffer all;
  all.reserve(program_.param_count * 80 + 1);
  for (uint32_t i = 0; i < program_.param_count; ++i) {
    Buffer candidate;
    add_option_name(candidate, "", program_.params[i].name);
    const char* kept = all.end();
    all.add(candidate.text());
    nearest.consider({kept, candidate.size(), nullptr});
  }
  for (const BuiltinOption& option : kBuiltinOptions) nearest.consider(view(option.name));
  if (!nearest.found()) return wrong(message);
  help.add("an option with a similar name exists: `--");
  help.add(nearest.best());
  help.add('`');
  return wrong(message, help.text());
}

bool CommandLineReader::read_option(const char* arg) {
  if (arg[1] != '-') return unknown(arg, view(arg + 1));
  const char* equals = strchr(arg, '=');
  const char* inline_value = equals ? equals + 1 : nullptr;
  pf_str name = view(arg + 2);
  if (equals) name.len = static_cast<size_t>(equals - arg - 2);
  if (const BuiltinOption* option = builtin(name)) {
    Buffer shown;
    shown.add("--");
    shown.add(name);
    return read_builtin(*option, shown.c_str(), inline_value);
  }
  for (uint32_t i = 0; i < program_.param_count; ++i) {
    Buffer positive, negative;
    add_option_name(positive, "", program_.params[i].name);
    add_option_name(negative, "no-", program_.params[i].name);
    pf_str plain = positive.text(), negated = negative.text();
    bool is_negated = is_bool(program_.params[i]) && !equals && pf_str_equal(&name, &negated);
    if (!is_negated && !pf_str_equal(&name, &plain)) continue;
    Buffer shown;
    shown.add("--");
    shown.add(name);
    return read_param(i, shown.c_str(), inline_value, is_negated);
  }
  return unknown(arg, name);
}

/// Fills the next parameter without a default; a last one that is a list takes all.
bool CommandLineReader::read_positional(const char* arg) {
  uint32_t last = program_.param_count;
  for (; positional_ < program_.param_count; ++positional_) {
    const pf_param& param = program_.params[positional_];
    if (param.default_value || (params_.is_set(positional_) && !repeated_type(param.type)))
      continue;
    last = positional_;
    break;
  }
  if (last == program_.param_count) {
    Buffer message;
    message.format("unexpected argument `%s`", arg);
    return wrong(message);
  }
  bool more_follow = false;
  for (uint32_t i = last + 1; i < program_.param_count; ++i)
    if (!program_.params[i].default_value) more_follow = true;
  if (!repeated_type(program_.params[last].type) || more_follow) ++positional_;
  Buffer shown;
  add_option_name(shown, "--", program_.params[last].name);
  return set(last, shown.c_str(), view(arg));
}

/// --json is looked for first, so that errors have its form; so are --help and --version.
bool CommandLineReader::answer_first() {
  bool help = false, version = false;
  for (int i = 1; i < argc_ && strcmp(argv_[i], "--") != 0; ++i) {
    const BuiltinOption* option =
        strncmp(argv_[i], "--", 2) == 0 ? builtin(view(argv_[i] + 2)) : nullptr;
    help |= strcmp(argv_[i], "-h") == 0 || (option && option->id == Builtin::Help);
    version |= option && option->id == Builtin::Version;
    if (option && option->id == Builtin::Json) set_flag(Builtin::Json);
  }
  if (!help && !version) return false;
  Buffer out;
  if (help)
    add_help(out, program_, argc_ > 0 ? base_name(argv_[0]) : program_.name);
  else
    out.format("%s, built by pflowc %s\n", program_.name, PFLOW_VERSION);
  write_all(STDOUT_FILENO, out.data(), out.size());
  return true;
}

CommandLine CommandLineReader::read() {
  set_flags_of_environment();
  if (answer_first()) return CommandLine::Done;
  bool options = true;
  while (next_ < argc_) {
    const char* arg = argv_[next_++];
    if (options && strcmp(arg, "--") == 0) {
      options = false;
      continue;
    }
    bool ok = options && looks_like_option(arg) ? read_option(arg) : read_positional(arg);
    if (!ok) return CommandLine::Wrong;
  }
  const char* budget = getenv("PFLOW_BUDGET");
  if (budget && *budget && !budget_given_ && !set_budget("PFLOW_BUDGET", view(budget)))
    return CommandLine::Wrong;
  if (is_serving()) return can_serve() ? CommandLine::Serve : CommandLine::Wrong;
  if (!fill_by_watches(program_, params_.block(), params_.set())) return CommandLine::Wrong;
  return check_required(program_, params_) ? CommandLine::Run : CommandLine::Wrong;
}

}  // namespace

Params::Params(const pf_program& program)
    : program_(program),
      block_(static_cast<char*>(allocate_zeroed(program.params_size + 1))),
      set_(static_cast<bool*>(allocate_zeroed(program.param_count + 1))) {}

Params::~Params() {
  for (uint32_t i = 0; i < program_.param_count; ++i) pf_drop_value(at(i), program_.params[i].type);
  free(block_);
  free(set_);
}

bool is_parameter(const pf_program& program, pf_str option) {
  for (uint32_t i = 0; i < program.param_count; ++i) {
    Buffer name;
    add_option_name(name, "", program.params[i].name);
    pf_str known = name.text();
    if (pf_str_equal(&option, &known)) return true;
  }
  return false;
}

CommandLine read_command_line(int argc, char** argv, const pf_program& program, Params& params) {
  return CommandLineReader(argc, argv, program, params).read();
}

bool stdin_is_fed(const pf_type* type) {
  struct stat status;
  if (type->kind == PF_STREAM && isatty(STDIN_FILENO)) return true;
  if (fstat(STDIN_FILENO, &status) != 0) return false;
  return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || S_ISREG(status.st_mode);
}

bool check_required(const pf_program& program, const Params& params) {
  Buffer message, help, name;
  for (uint32_t i = 0; i < program.param_count; ++i) {
    const pf_param& param = program.params[i];
    if (params.is_set(i) || param.default_value || (param.from_stdin && stdin_is_fed(param.type)))
      continue;
    add_option_name(name, "--", param.name);
    message.format("`%s` is missing: expected a value of type `%s`", name.c_str(),
                   param.type->name);
    help.format(param.from_stdin ? "write `%s VALUE`, or pipe it in" : "write `%s VALUE`",
                name.c_str());
    print_report({PF_E_USAGE, nullptr, message.text(), help.text()});
    return false;
  }
  return true;
}

bool fill_defaults(const pf_program& program, Params& params) {
  for (uint32_t i = 0; i < program.param_count; ++i) {
    if (params.is_set(i) || !program.params[i].default_value) continue;
    if (program.params[i].default_value(params.at(i))) return false;
    params.mark_set(i);
  }
  return true;
}

RecordingOptions& recording_options() { return g_recording; }

bool explains_cache() { return g_explains_cache; }
void explain_cache() { g_explains_cache = true; }

void add_option_name(Buffer& out, const char* prefix, const char* param) {
  out.add(prefix);
  for (const char* at = param; *at; ++at) out.add(*at == '_' ? '-' : *at);
}

}  // namespace pflow::rt

bool pf_quiet(void) { return pflow::rt::g_quiet; }

bool pf_live(void) { return pflow::rt::g_live; }
