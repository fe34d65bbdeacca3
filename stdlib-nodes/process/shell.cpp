// shell: /bin/sh in a process group of its own, over the event loop. Ends when
// the shell has ended and nobody holds its outputs open.
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uv.h>

#include <new>

#include "arguments.h"
#include "output.h"
#include "pflow/json.hpp"
#include "pflow/loop.h"
#include "pipes.h"
#include "process.pf.hpp"

namespace {

using pf_process::Arguments;
using pf_process::Environment;
using pf_process::Output;
using pf_process::Pipes;

constexpr uint64_t kGraceMs = 2000;  // between SIGTERM and SIGKILL

/// One run of a shell: lives until its last handle is closed.
struct ShellRun {
  pf_call* call;
  const shell_in* in;
  shell_out* out;

  uv_process_t process;
  uv_pipe_t input;
  uv_pipe_t output;
  uv_pipe_t error;
  uv_timer_t grace;
  uv_write_t write;
  int group = -1;  ///< its place in the table of groups that an early exit kills
  int open_handles = 0;
  bool exited = false;
  bool cancelled = false;
  bool killed = false;
  int open_outputs = 2;
  int64_t exit_status = 0;
  int term_signal = 0;
  int read_error = 0;
  Output printed;
  Output complaints;
};

template <typename Handle>
ShellRun* run_of(Handle* handle) {
  return static_cast<ShellRun*>(reinterpret_cast<uv_handle_t*>(handle)->data);
}

// ---- the end ---------------------------------------------------------------------

int64_t exit_code(const ShellRun* run) {
  return run->term_signal != 0 ? 128 + run->term_signal : run->exit_status;
}

/// The name of a signal, `SIG?` for one without.
struct SignalName {
  explicit SignalName(int signal) {
    const char* name = sigabbrev_np(signal);
    snprintf(text, sizeof(text), "SIG%s", name ? name : "?");
  }
  char text[16];
};

/// What `error.data` holds: { exit_code, stderr }, and of a killed command { signal }.
pf_json failure_data(ShellRun* run) {
  pflow::JsonObject data;
  data.add("exit_code", pflow::json(exit_code(run)));
  if (run->term_signal != 0) {
    data.add("signal", pflow::json(pflow::text(SignalName(run->term_signal).text)));
  }
  const Output& said = run->complaints;
  data.add("stderr", pflow::json(pf_process::as_utf8(said.data(), said.size())));
  return data.take();
}

pf_status fail_exit(ShellRun* run) {
  pflow::Text words(pf_process::last_words(run->complaints));
  int len = static_cast<int>(words.view().size());
  const char* said = words.view().data();
  if (run->term_signal != 0) {
    pf_fail(run->call, PF_E_TOOL, "the command was ended by signal %d (%s)%.*s", run->term_signal,
            SignalName(run->term_signal).text, len, said);
  } else {
    pf_fail(run->call, PF_E_TOOL, "the command failed with exit code %lld%.*s",
            static_cast<long long>(run->exit_status), len, said);
  }
  pf_fail_data(run->call, failure_data(run));
  return PF_FAILED;
}

pf_status finish(ShellRun* run) {
  if (run->cancelled) return pf_fail(run->call, PF_E_CANCELLED, "the command was cancelled");
  if (run->read_error != 0) {
    return pf_fail(run->call, PF_E_IO, "cannot read what the command prints: %s",
                   uv_strerror(run->read_error));
  }
  bool failed = run->exit_status != 0 || run->term_signal != 0;
  if (failed && run->in->check) return fail_exit(run);
  Output& printed = run->printed;
  if (printed.size() > 0 && printed.data()[printed.size() - 1] == '\n') printed.drop_last();
  run->out->stdout_ = printed.take();
  if (!pflow::take_text(run->call, PF_E_TOOL, "the output of the command", &run->out->stdout_))
    return PF_FAILED;
  run->out->stderr_ = pf_process::as_utf8(run->complaints.data(), run->complaints.size());
  run->out->exit_code = exit_code(run);
  return PF_DONE;
}

void handle_closed(uv_handle_t* handle) {
  ShellRun* run = run_of(handle);
  if (--run->open_handles != 0) return;
  pf_call* call = run->call;
  pf_process_group_done(run->group);
  pf_status status = finish(run);
  run->~ShellRun();
  free(run);
  call->state = nullptr;
  pf_complete(call, status);
}

void signal_group(ShellRun* run, int signal) { kill(-run->process.pid, signal); }

template <typename Handle>
void close_handle(Handle* handle) {
  auto* base = reinterpret_cast<uv_handle_t*>(handle);
  if (!uv_is_closing(base)) uv_close(base, handle_closed);
}

/// Closes what only waits for the rest, once the shell and its outputs are done. What it
/// left running without an output of ours would outlive the flow.
void close_if_done(ShellRun* run) {
  if (!run->exited || run->open_outputs != 0) return;
  signal_group(run, SIGKILL);
  close_handle(&run->process);
  close_handle(&run->grace);
  close_handle(&run->input);
}

// ---- what happens meanwhile -------------------------------------------------------

void give_room(uv_handle_t* handle, size_t, uv_buf_t* buffer) {
  ShellRun* run = run_of(handle);
  bool is_output = handle == reinterpret_cast<uv_handle_t*>(&run->output);
  buffer->base = (is_output ? run->printed : run->complaints).room(&buffer->len);
}

void output_closed(ShellRun* run, uv_pipe_t* pipe) {
  if (uv_is_closing(reinterpret_cast<uv_handle_t*>(pipe))) return;
  close_handle(pipe);
  --run->open_outputs;
  close_if_done(run);
}

void have_read(uv_stream_t* stream, ssize_t count, const uv_buf_t*) {
  ShellRun* run = run_of(stream);
  auto* pipe = reinterpret_cast<uv_pipe_t*>(stream);
  if (count >= 0) {
    (pipe == &run->output ? run->printed : run->complaints).grew(static_cast<size_t>(count));
    return;
  }
  if (count != UV_EOF) run->read_error = static_cast<int>(count);
  output_closed(run, pipe);
}

void have_exited(uv_process_t* process, int64_t exit_status, int term_signal) {
  ShellRun* run = run_of(process);
  run->exited = true;
  run->exit_status = exit_status;
  run->term_signal = term_signal;
  close_if_done(run);
}

/// A command need not read all of its input.
void have_written(uv_write_t* request, int) { close_handle(&run_of(request->handle)->input); }

/// Whoever survived SIGTERM, or left the group and holds an output, is not waited for.
void grace_is_over(uv_timer_t* timer) {
  ShellRun* run = run_of(timer);
  if (!run->killed) {
    run->killed = true;
    signal_group(run, SIGKILL);
    uv_timer_start(timer, grace_is_over, kGraceMs, 0);
    return;
  }
  output_closed(run, &run->output);
  output_closed(run, &run->error);
}

void cancel(pf_call* call) {
  auto* run = static_cast<ShellRun*>(call->state);
  if (!run || run->cancelled) return;
  run->cancelled = true;
  signal_group(run, SIGTERM);
  uv_timer_start(&run->grace, grace_is_over, kGraceMs, 0);
}

// ---- the start --------------------------------------------------------------------

template <typename Handle>
void own(ShellRun* run, Handle* handle) {
  reinterpret_cast<uv_handle_t*>(handle)->data = run;
  ++run->open_handles;
}

ShellRun* new_run(pf_call* call, const shell_in* in, shell_out* out) {
  void* memory = malloc(sizeof(ShellRun));
  if (!memory) pf_out_of_memory();
  auto* run = new (memory) ShellRun{call, in, out};
  uv_loop_t* loop = pf_loop_uv();
  uv_pipe_init(loop, &run->input, 0);
  uv_pipe_init(loop, &run->output, 0);
  uv_pipe_init(loop, &run->error, 0);
  uv_timer_init(loop, &run->grace);
  own(run, &run->input);
  own(run, &run->output);
  own(run, &run->error);
  own(run, &run->grace);
  return run;
}

int spawn(ShellRun* run, Pipes& pipes, const Arguments& arguments, char** envp, const char* cwd) {
  uv_stdio_container_t stdio[] = {pipes.input.for_program(),
                                  pipes.output.for_program(),
                                  pipes.error.for_program(),
                                  {UV_INHERIT_FD, {.fd = arguments.script()}}};
  uv_process_options_t options{};
  options.exit_cb = have_exited;
  options.file = arguments.argv()[0];
  options.args = arguments.argv();
  options.env = envp;
  options.cwd = cwd;
  options.flags = UV_PROCESS_DETACHED;  // its own process group
  options.stdio_count = arguments.script() >= 0 ? 4 : 3;
  options.stdio = stdio;
  own(run, &run->process);
  int error = uv_spawn(pf_loop_uv(), &run->process, &options);
  if (error) return error;
  run->group = pf_process_group_add(run->process.pid);
  pipes.input.give_to(run->input);
  pipes.output.give_to(run->output);
  pipes.error.give_to(run->error);
  return 0;
}

void feed(ShellRun* run) {
  const pf_str& text = run->in->stdin_.value;
  if (!run->in->stdin_.has || text.len == 0) return close_handle(&run->input);
  uv_buf_t buffer = {const_cast<char*>(text.data), text.len};
  auto* stream = reinterpret_cast<uv_stream_t*>(&run->input);
  if (uv_write(&run->write, stream, &buffer, 1, have_written) != 0) close_handle(&run->input);
}

/// The handles of a run that never started are closed by the loop; nobody waits.
void abandon(ShellRun* run) {
  auto forget = [](uv_handle_t* handle) {
    ShellRun* abandoned = run_of(handle);
    if (--abandoned->open_handles != 0) return;
    abandoned->~ShellRun();
    free(abandoned);
  };
  uv_handle_t* handles[] = {
      reinterpret_cast<uv_handle_t*>(&run->input), reinterpret_cast<uv_handle_t*>(&run->output),
      reinterpret_cast<uv_handle_t*>(&run->error), reinterpret_cast<uv_handle_t*>(&run->grace),
      reinterpret_cast<uv_handle_t*>(&run->process)};
  for (uv_handle_t* handle : handles) uv_close(handle, forget);
}

/// The folder to run in, zero-terminated in `buffer`; null for the current one.
bool folder(pf_call* call, const pf_opt_str& cwd, char (&buffer)[PATH_MAX], const char** out) {
  *out = nullptr;
  if (!cwd.has) return true;
  if (cwd.value.len == 0 || cwd.value.len >= sizeof(buffer) ||
      memchr(cwd.value.data, 0, cwd.value.len)) {
    pf_fail(call, PF_E_VALUE, "`cwd` is no path");
    return false;
  }
  memcpy(buffer, cwd.value.data, cwd.value.len);
  buffer[cwd.value.len] = 0;
  struct stat info;
  if (stat(buffer, &info) != 0 || !S_ISDIR(info.st_mode)) {
    pf_fail(call, PF_E_IO, "the folder `%s` to run in does not exist", buffer);
    return false;
  }
  *out = buffer;
  return true;
}

pf_status cannot_start(pf_call* call, int error) {
  return pf_fail(call, PF_E_TOOL, "cannot start /bin/sh: %s", uv_strerror(error));
}

}  // namespace

pf_status pfn_process_shell(pf_call* call, const shell_in* in, shell_out* out) {
  char buffer[PATH_MAX];
  const char* cwd;
  if (!folder(call, in->cwd, buffer, &cwd)) return PF_FAILED;
  Arguments arguments;
  if (!arguments.set(call, in->command)) return PF_FAILED;
  Environment environment;
  if (!environment.set(call, in->env)) return PF_FAILED;
  Pipes pipes;
  if (int error = pipes.open(in->stdin_.has)) return cannot_start(call, error);
  ShellRun* run = new_run(call, in, out);
  if (int error = spawn(run, pipes, arguments, environment.envp(), cwd)) {
    abandon(run);
    if (error == UV_E2BIG) return pf_process::too_long(call, arguments.argv(), environment.envp());
    return cannot_start(call, error);
  }
  call->state = run;
  call->cancel = cancel;
  uv_read_start(reinterpret_cast<uv_stream_t*>(&run->output), give_room, have_read);
  uv_read_start(reinterpret_cast<uv_stream_t*>(&run->error), give_room, have_read);
  feed(run);
  return PF_PENDING;
}

pf_status pfn_process_shell_scripted(pf_call*, const shell_scripted_in* in, shell_out* out) {
  out->stdout_ = pflow::share(in->answer);
  return PF_DONE;
}
