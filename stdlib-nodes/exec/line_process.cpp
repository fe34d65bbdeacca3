// A process from its start to its last line; line_process_end.cpp has its end.
#include "line_process.h"

#include "pflow/loop.h"
#include "pflow/node.hpp"
#include "stdlib-nodes/process/output.h"

namespace pf_exec {
namespace {

constexpr size_t kShownOfLine = 120;

}  // namespace

std::string shown(std::string_view line) {
  const bool whole = line.size() <= kShownOfLine;
  std::string clean;
  for (char c : line.substr(0, kShownOfLine))
    clean += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  const pflow::Text text(pf_process::as_utf8(clean.data(), clean.size()));
  return '`' + std::string(text.view()) + (whole ? "`" : "…`");
}

std::string in_words(uint64_t milliseconds) {
  return milliseconds % 1000 == 0 ? std::to_string(milliseconds / 1000) + " s"
                                  : std::to_string(milliseconds) + " ms";
}

template <typename Handle>
void LineProcess::own(Handle* handle) {
  auto* base = reinterpret_cast<uv_handle_t*>(handle);
  base->data = this;
  uv_unref(base);
  ++open_handles_;
}

int LineProcess::start(const std::vector<std::string>& words,
                       const std::vector<std::string>* environment) {
  pf_process::Pipes pipes;
  int error = pipes.open(true);
  uv_loop_t* loop = pf_loop_uv();
  uv_pipe_init(loop, &input_, 0);
  uv_pipe_init(loop, &output_, 0);
  uv_pipe_init(loop, &error_, 0);
  uv_timer_init(loop, &timer_);
  own(&input_);
  own(&output_);
  own(&error_);
  own(&timer_);
  if (!error) error = spawn(words, environment, pipes);
  if (error) abandon();
  return error;
}

/// As exec(3) takes them; null at the end.
static std::vector<char*> c_texts(const std::vector<std::string>& texts) {
  std::vector<char*> made;
  for (const std::string& text : texts) made.push_back(const_cast<char*>(text.c_str()));
  made.push_back(nullptr);
  return made;
}

int LineProcess::spawn(const std::vector<std::string>& words,
                       const std::vector<std::string>* environment, pf_process::Pipes& pipes) {
  std::vector<char*> argv = c_texts(words);
  std::vector<char*> variables;
  if (environment != nullptr) variables = c_texts(*environment);
  uv_stdio_container_t stdio[] = {pipes.input.for_program(), pipes.output.for_program(),
                                  pipes.error.for_program()};
  uv_process_options_t options{};
  options.exit_cb = [](uv_process_t* process, int64_t status, int signal) {
    of(reinterpret_cast<uv_handle_t*>(process))->have_exited(status, signal);
  };
  options.file = argv[0];
  options.args = argv.data();
  options.env = environment != nullptr ? variables.data() : nullptr;
  options.flags = UV_PROCESS_DETACHED;  // its own process group
  options.stdio_count = 3;
  options.stdio = stdio;
  const int error = uv_spawn(pf_loop_uv(), &process_, &options);
  own(&process_);
  if (error) return error;
  group_ = pf_process_group_add(process_.pid);
  pipes.input.give_to(input_);
  pipes.output.give_to(output_);
  pipes.error.give_to(error_);
  read_outputs();
  return 0;
}

void LineProcess::read_outputs() {
  auto room = [](uv_handle_t* handle, size_t, uv_buf_t* buffer) {
    LineProcess* process = of(handle);
    if (handle == reinterpret_cast<uv_handle_t*>(&process->output_))
      buffer->base = process->lines_.room(&buffer->len);
    else
      *buffer = uv_buf_init(process->complaint_room_, sizeof(process->complaint_room_));
  };
  auto read = [](uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
    of(reinterpret_cast<uv_handle_t*>(stream))->read_from(stream, count, buffer->base);
  };
  uv_read_start(reinterpret_cast<uv_stream_t*>(&output_), room, read);
  uv_read_start(reinterpret_cast<uv_stream_t*>(&error_), room, read);
}

void LineProcess::hold_loop(bool holds) {
  uv_handle_t* handles[] = {
      reinterpret_cast<uv_handle_t*>(&process_), reinterpret_cast<uv_handle_t*>(&output_),
      reinterpret_cast<uv_handle_t*>(&error_), reinterpret_cast<uv_handle_t*>(&timer_)};
  for (uv_handle_t* handle : handles) holds ? uv_ref(handle) : uv_unref(handle);
}

void LineProcess::wait(uint64_t milliseconds) {
  auto over = [](uv_timer_t* timer) { of(reinterpret_cast<uv_handle_t*>(timer))->time_is_over(); };
  uv_update_time(pf_loop_uv());
  uv_timer_start(&timer_, over, milliseconds, 0);
}

// ---- what it is told --------------------------------------------------------------

struct LineProcess::Write {
  uv_write_t request;
  std::string line;
};

void LineProcess::send(std::string line) {
  auto* write = new Write{{}, std::move(line)};
  write->request.data = write;
  uv_buf_t buffer = uv_buf_init(write->line.data(), static_cast<unsigned>(write->line.size()));
  auto written = [](uv_write_t* request, int status) {
    LineProcess* process = of(reinterpret_cast<uv_handle_t*>(request->handle));
    delete static_cast<Write*>(request->data);
    if (status == 0) process->was_read();
  };
  auto* stream = reinterpret_cast<uv_stream_t*>(&input_);
  if (uv_write(&write->request, stream, &buffer, 1, written) != 0) delete write;
}

size_t LineProcess::unwritten() const {
  return uv_stream_get_write_queue_size(reinterpret_cast<const uv_stream_t*>(&input_));
}

// ---- what it says -----------------------------------------------------------------

void LineProcess::read_from(uv_stream_t* stream, ssize_t count, const char* bytes) {
  auto* pipe = reinterpret_cast<uv_pipe_t*>(stream);
  if (count < 0) return close_output(pipe);
  if (pipe == &error_) return pass_on({bytes, static_cast<size_t>(count)});
  lines_.grew(static_cast<size_t>(count));
  read_lines();
}

/// Also what nobody reads any more is taken, so that whoever writes it can end.
void LineProcess::read_lines() {
  std::string_view line;
  while (lines_.next(&line))
    if (!ending_) take_line(line);
  if (!ending_ && lines_.is_too_long()) line_is_too_long();
  if (ending_) lines_.forget();
}

void LineProcess::pass_on(std::string_view complaint) {
  constexpr size_t kKept = 2000;
  if (complains_to_ == Complaints::PassedOn && !pf_quiet())
    pf_write(2, complaint.data(), complaint.size());
  complaints_ += complaint;
  if (complaints_.size() > 2 * kKept) complaints_.erase(0, complaints_.size() - kKept);
}

}  // namespace pf_exec
