// The run of a program: command line, preflights, the flow, its result, the exit code.
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "pflow/serve.h"
#include "runtime/src/cache/cache.h"
#include "runtime/src/cassettes/cassettes.h"
#include "runtime/src/cleanup/signals.h"
#include "runtime/src/cleanup/temp_files.h"
#include "runtime/src/cores/cores.h"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/failures/report.h"
#include "runtime/src/failures/report_json.h"
#include "runtime/src/failures/skipped.h"
#include "runtime/src/program/command_line.h"
#include "runtime/src/program/option_value.h"
#include "runtime/src/program/printed.h"
#include "runtime/src/program/program.h"
#include "runtime/src/program/recording_options.h"
#include "runtime/src/program/result.h"
#include "runtime/src/program/serving.h"
#include "runtime/src/program/used_keys.h"
#include "runtime/src/program/watches.h"
#include "runtime/src/recorder/listener.h"
#include "runtime/src/recorder/usage.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/waits.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"

extern char** environ;

namespace pflow::rt {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

/// The end of the stack: arguments and environment lie above the first frame.
const char* stack_top(int argc, char** argv, const char* here) {
  const char* top = here;
  for (int i = 0; i < argc; ++i)
    if (argv[i] > top) top = argv[i] + strlen(argv[i]);
  for (char** entry = environ; entry && *entry; ++entry)
    if (*entry > top) top = *entry + strlen(*entry);
  return top;
}

/// What nodes and libc need below the deepest compiled function.
void set_stack_limit(int argc, char** argv) {
  constexpr size_t kReserve = 256 * 1024;
  constexpr size_t kUnlimited = size_t{1} << 30;
  const char* here = static_cast<const char*>(__builtin_frame_address(0));
  struct rlimit limit;
  size_t size = kUnlimited;
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < kUnlimited) size = limit.rlim_cur;
  size_t reserve = size >= 4 * kReserve ? kReserve : size / 4;
  const char* top = stack_top(argc, argv, here);
  bool near = static_cast<size_t>(top - here) < size / 2;
  pf_stack_limit = (near ? top : here) - size + reserve;
}

int report_failure() {
  Failure* failure = take_failure();
  if (int signal = received_signal()) {
    free_failure(failure);
    return 128 + signal;
  }
  if (!failure) {
    print_report({PF_E_INTERNAL, nullptr, view("the flow failed without a message"), {}});
    return kFailed;
  }
  print_report(report_of(*failure));
  int code = failure->exit_code != 0 ? failure->exit_code : kFailed;
  free_failure(failure);
  return code;
}

bool preflights_pass(const pf_preflight* preflights, uint32_t count) {
  bool pass = true;
  for (uint32_t i = 0; i < count; ++i)
    if (!preflights[i].check(preflights[i].sites, preflights[i].site_count)) pass = false;
  return pass;
}

bool cache_is_ready() { return !&pf_cache || pf_cache.check(); }
bool cores_are_ready() { return !&pf_cores || pf_cores.check(); }

/// The result block; releases its values.
struct Results {
  explicit Results(const pf_program& described)
      : program(described),
        block(static_cast<char*>(allocate_zeroed(described.results_size + 1))) {}
  ~Results() {
    for (uint32_t i = 0; i < program.result_count; ++i)
      pf_drop_value(block + program.results[i].offset, program.results[i].type);
    free(block);
  }
  const pf_program& program;
  char* block;
};

/// True when it failed; the failure is pending.
bool run(const pf_program& program, const Params& params, Results& results) {
  if (program.run) return program.run(params.block(), results.block);
  pf_frame* root = program.start(params.block());
  if (!root) return true;
  pf_status status = program.loop ? program.loop->run(root) : resume_frame(root);
  if (status == PF_DONE) program.finish(root, results.block);
  pf_frame_free(root);
  return status != PF_DONE;
}

int print_results(const Results& results) {
  if (pf_stream* stream = result_stream(results.program, results.block))
    return print_stream(results.program, stream, json_output()) ? report_failure() : 0;
  if (!json_output() && is_printed(results.program, results.block)) return 0;
  Buffer out;
  add_results(out, results.program, results.block, json_output());
  if (write_all(STDOUT_FILENO, out.data(), out.size())) return 0;
  if (errno == EPIPE) end_without_reader();
  Buffer message;
  message.format("cannot write to standard output: %s", strerror(errno));
  print_report({PF_E_IO, nullptr, message.text(), {}});
  return kFailed;
}

int finish(Results& results, bool failed) {
  if (failed && &pf_waits && pf_waits.has_stopped()) return kWaiting;
  if (failed) return report_failure();
  // A signal that came too late to cancel anything still means: no result.
  if (int signal = received_signal()) return 128 + signal;
  return print_results(results);
}

/// Where no request can be made there is nothing to record, and nothing to answer.
bool open_recordings(const pf_program& program) {
  if (&pf_cassettes) return pf_cassettes.open(program);
  const RecordingOptions& given = recording_options();
  if (!given.record && !given.replay && !given.mode) return true;
  print_report({PF_E_USAGE, nullptr, view("nothing can be recorded or replayed here"),
                view("requests over HTTP are; this flow makes none")});
  return false;
}

/// What stands in them is not to be recorded.
void note_secrets(const pf_program& program, Params& params) {
  for (uint32_t i = 0; i < program.param_count; ++i)
    if (plain_type(program.params[i].type)->kind == PF_SECRET)
      note_key(*static_cast<const pf_str*>(params.at(i)));
}

int run_prepared(const pf_program& program, Params& params) {
  if (!open_recordings(program) || !preflights_pass(program.preflights, program.preflight_count) ||
      !cache_is_ready() || !cores_are_ready())
    return kUsage;
  if (!fill_from_stdin(program, params) || !fill_defaults(program, params)) {
    bool usage = pending_failure() && pending_failure()->kind == PF_E_USAGE;
    int code = report_failure();
    return usage ? kUsage : code;
  }
  note_secrets(program, params);
  if (!begin_watches(program, params.block())) return kUsage;
  Results results(program);
  int code = finish(results, run(program, params, results));
  print_skipped();
  print_usage();
  end_recording(code);
  return code;
}

/// Each call of a flow is a run of its own; what is told at the end is about all of them.
int serve_prepared(const pf_program& program) {
  if (!open_recordings(program)) return kUsage;
  bool pass = true;
  for (uint32_t i = 0; i < program.served_count; ++i)
    pass &= preflights_pass(program.served[i].preflights, program.served[i].preflight_count);
  if (!pass || !cache_is_ready() || !cores_are_ready() || !begin_watches_of_server(program))
    return kUsage;
  const int code = serve(program);
  print_skipped();
  print_usage();
  end_recording(code);
  return code;
}

int run_program(int argc, char** argv, const pf_program& program) {
  Params params(program);
  switch (read_command_line(argc, argv, program, params)) {
    case CommandLine::Done: return 0;
    case CommandLine::Wrong: return kUsage;
    case CommandLine::Serve:
    case CommandLine::Run: break;
  }
  int code = is_serving() ? serve_prepared(program) : run_prepared(program, params);
  bool recorded = !&pf_cassettes || pf_cassettes.finish();
  return code == 0 && !recorded ? kFailed : code;
}

}  // namespace

void end_without_reader() {
  constexpr int kReaderGone = 141;
  if (&pf_cassettes) pf_cassettes.finish();
  exit_now(kReaderGone);
}

int start_program(int argc, char** argv, const pf_program& program) {
  if (program.abi_version != PF_ABI_VERSION) {
    Buffer message;
    message.format("the flow was built for version %u of the runtime, this is %d",
                   program.abi_version, PF_ABI_VERSION);
    print_report({PF_E_INTERNAL, nullptr, message.text(), {}});
    return kFailed;
  }
  open_standard_descriptors();
  set_stack_limit(argc, argv);
  install_signal_handlers();
  return run_program(argc, argv, program);
}

}  // namespace pflow::rt

int pf_main(int argc, char** argv, const pf_program* program) {
  return pflow::rt::start_program(argc, argv, *program);
}

bool pf_print(const char* data, size_t len) {
  using namespace pflow::rt;
  if (&forget_printed) forget_printed();
  if (write_all(json_output() ? STDERR_FILENO : STDOUT_FILENO, data, len)) return true;
  if (errno == EPIPE && !json_output()) end_without_reader();
  return false;
}
