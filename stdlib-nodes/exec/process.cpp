// A process from its start to its last answer; process_end.cpp has its end.
#include "process.h"

#include "pflow/loop.h"
#include "pflow/node.hpp"

namespace pf_exec {
namespace {

constexpr int64_t kProtocol = 1;
constexpr uint64_t kMillisecond = 1'000'000;
/// Requests wait until less than this is left to write.
constexpr size_t kMostUnwritten = size_t{1} << 20;
/// A cancelled call is to be answered within this, else the process gets no further ones.
constexpr uint64_t kPatienceMs = 5000;
constexpr size_t kShownOfLine = 120;
constexpr const char* kStrayHelp =
    "standard output is for answers alone: print everything else to standard error";

/// `line` on one line of a message.
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

uint64_t now_ms() { return uv_hrtime() / kMillisecond; }

}  // namespace

Process::Process(const Command& command, int64_t start_limit, Owner& owner)
    : command_(command),
      owner_(owner),
      start_limit_ms_(static_cast<uint64_t>(start_limit) / kMillisecond) {}

template <typename Handle>
void Process::own(Handle* handle) {
  auto* base = reinterpret_cast<uv_handle_t*>(handle);
  base->data = this;
  uv_unref(base);
  ++open_handles_;
}

Process* Process::start(const Command& command, int64_t start_limit, Owner& owner,
                        std::string* problem) {
  pf_process::Pipes pipes;
  int error = pipes.open(true);
  auto* made = new Process(command, start_limit, owner);
  uv_loop_t* loop = pf_loop_uv();
  uv_pipe_init(loop, &made->input_, 0);
  uv_pipe_init(loop, &made->output_, 0);
  uv_pipe_init(loop, &made->error_, 0);
  uv_timer_init(loop, &made->timer_);
  made->own(&made->input_);
  made->own(&made->output_);
  made->own(&made->error_);
  made->own(&made->timer_);
  if (!error) error = made->spawn(pipes);
  if (error) {
    *problem = uv_strerror(error);
    made->abandon();
    return nullptr;
  }
  made->wait(made->start_limit_ms_);
  return made;
}

int Process::spawn(pf_process::Pipes& pipes) {
  std::vector<char*> argv;
  for (std::string& word : command_.words) argv.push_back(word.data());
  argv.push_back(nullptr);
  uv_stdio_container_t stdio[] = {pipes.input.for_program(), pipes.output.for_program(),
                                  pipes.error.for_program()};
  uv_process_options_t options{};
  options.exit_cb = [](uv_process_t* process, int64_t status, int signal) {
    of(reinterpret_cast<uv_handle_t*>(process))->have_exited(status, signal);
  };
  options.file = argv[0];
  options.args = argv.data();
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
  auto room = [](uv_handle_t* handle, size_t, uv_buf_t* buffer) {
    Process* process = of(handle);
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
  return 0;
}

void Process::hold_loop(bool holds) {
  uv_handle_t* handles[] = {
      reinterpret_cast<uv_handle_t*>(&process_), reinterpret_cast<uv_handle_t*>(&output_),
      reinterpret_cast<uv_handle_t*>(&error_), reinterpret_cast<uv_handle_t*>(&timer_)};
  for (uv_handle_t* handle : handles) holds ? uv_ref(handle) : uv_unref(handle);
}

void Process::wait(uint64_t milliseconds) {
  auto over = [](uv_timer_t* timer) { of(reinterpret_cast<uv_handle_t*>(timer))->time_is_over(); };
  uv_update_time(pf_loop_uv());
  uv_timer_start(&timer_, over, milliseconds, 0);
}

// ---- what it is told --------------------------------------------------------------

struct Process::Write {
  uv_write_t request;
  std::string line;
};

bool Process::takes_calls() const {
  return (state_ == State::Starting || state_ == State::Ready) && !exited_ && output_open_;
}

bool Process::refuses(pf_call* call, const pf_foreign& node) const {
  if (nodes_.empty()) return false;
  for (const std::string& name : nodes_)
    if (name == node.node) return false;
  fail_unknown_node(call, node, command_.shown, nodes_);
  return true;
}

void Process::take(Call* call) {
  call->process = this;
  call->id = next_id_++;
  if (calls_.empty()) hold_loop(true);
  calls_[call->id] = call;
  unsent_.push_back(call->id);
  send_requests();
}

void Process::cancel(Call* call) {
  calls_.erase(call->id);
  if (call->sent && state_ != State::Ending) {
    send("{\"cancel\":" + std::to_string(call->id) + "}\n");
    if (cancelled_.empty()) wait(kPatienceMs);
    cancelled_[call->id] = now_ms();
  }
  pf_fail(call->call, PF_E_CANCELLED, "the call was cancelled");
  complete_failed(call);
  end_if_idle();
}

void Process::send(std::string line) {
  auto* write = new Write{{}, std::move(line)};
  write->request.data = write;
  uv_buf_t buffer = uv_buf_init(write->line.data(), static_cast<unsigned>(write->line.size()));
  auto written = [](uv_write_t* request, int status) {
    Process* process = of(reinterpret_cast<uv_handle_t*>(request->handle));
    delete static_cast<Write*>(request->data);
    if (status == 0) process->send_requests();
  };
  auto* stream = reinterpret_cast<uv_stream_t*>(&input_);
  // Who does not read its input any more has ended, or closes its output.
  if (uv_write(&write->request, stream, &buffer, 1, written) != 0) delete write;
}

void Process::send_requests() {
  if (state_ != State::Ready && state_ != State::Retired) return;
  auto* stream = reinterpret_cast<uv_stream_t*>(&input_);
  while (!unsent_.empty() && uv_stream_get_write_queue_size(stream) < kMostUnwritten) {
    auto found = calls_.find(unsent_.front());
    unsent_.pop_front();
    if (found == calls_.end()) continue;
    found->second->sent = true;
    send(request_line(*found->second));
  }
}

// ---- what it says -----------------------------------------------------------------

void Process::read_from(uv_stream_t* stream, ssize_t count, const char* bytes) {
  auto* pipe = reinterpret_cast<uv_pipe_t*>(stream);
  if (count < 0) return output_closed(pipe);
  if (pipe == &error_) return pass_on({bytes, static_cast<size_t>(count)});
  lines_.grew(static_cast<size_t>(count));
  read_lines();
}

/// Also what nobody reads any more is taken, so that whoever writes it can end.
void Process::read_lines() {
  std::string_view line;
  while (lines_.next(&line))
    if (state_ != State::Ending) read_line(line);
  if (state_ != State::Ending && lines_.is_too_long())
    give_up("printed a line of more than 64 MB", kStrayHelp);
  if (state_ == State::Ending) lines_.forget();
}

void Process::read_line(std::string_view line) {
  Answer answer;
  const bool readable = read_answer(line, &answer);
  if (state_ == State::Starting) {
    if (readable && answer.is_hello) return be_ready(answer);
    return give_up("printed " + shown(line) + " where its first line is to be {\"pflow\":1}",
                   kStrayHelp);
  }
  if (!readable || answer.is_hello)
    return give_up("printed " + shown(line) + ", which is no answer", kStrayHelp);
  take_answer(answer, line);
}

void Process::be_ready(const Answer& hello) {
  if (hello.version != kProtocol)
    return give_up("speaks version " + std::to_string(hello.version) + " of the protocol",
                   "this program speaks version 1");
  uv_timer_stop(&timer_);
  state_ = State::Ready;
  nodes_ = hello.nodes;
  std::vector<Call*> refused;
  for (const auto& [id, call] : calls_)
    if (refuses(call->call, *call->node)) refused.push_back(call);
  for (Call* call : refused) {
    calls_.erase(call->id);
    complete_failed(call);
  }
  if (calls_.empty()) hold_loop(false);
  send_requests();
}

void Process::take_answer(Answer& answer, std::string_view line) {
  auto found = calls_.find(answer.id);
  if (found != calls_.end() && found->second->sent) {
    Call* call = found->second;
    calls_.erase(found);
    complete(call, answer, line, command_.shown);
    return end_if_idle();
  }
  if (cancelled_.erase(answer.id) != 0) return;
  const std::string id = std::to_string(answer.id);
  const bool was_asked = answer.id > 0 && answer.id < next_id_ && found == calls_.end();
  give_up(was_asked ? "answered the call " + id + " twice"
                    : "answered the call " + id + ", which it was not asked",
          "each request is answered once, with its `id`");
}

void Process::pass_on(std::string_view complaint) {
  constexpr size_t kKept = 2000;
  if (!pf_quiet()) pf_write(2, complaint.data(), complaint.size());
  complaints_ += complaint;
  if (complaints_.size() > 2 * kKept) complaints_.erase(0, complaints_.size() - kKept);
}

// ---- what it does not say in time -----------------------------------------------------

void Process::give_up_on_overdue() {
  const uint64_t now = now_ms();
  for (const auto& [id, since] : cancelled_)
    if (now - since >= kPatienceMs) state_ = State::Retired;
  if (state_ == State::Retired) return end_if_idle();
  if (!cancelled_.empty()) wait(kPatienceMs);
}

void Process::time_is_over() {
  if (exited_) {
    output_closed(&output_);
    return output_closed(&error_);
  }
  if (state_ == State::Ending) return next_signal();
  if (!output_open_)
    return give_up("closed its standard output before it answered", "answers are printed there");
  if (state_ == State::Starting)
    return give_up("was not ready within " + in_words(start_limit_ms_),
                   "its first line is to be {\"pflow\":1}, flushed; `start: 5m` in the brackets "
                   "gives it longer");
  give_up_on_overdue();
}

}  // namespace pf_exec
