#include "runtime/src/serve/mcp_stdio.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <string>

#include "pflow/loop.h"
#include "runtime/src/descriptors/descriptors.h"
#include "runtime/src/serve/json_rpc.h"
#include "runtime/src/serve/mcp.h"
#include "runtime/src/serve/server.h"
#include "runtime/src/serve/settings.h"

namespace pflow::serve {
namespace {

/// A client that does not read is not read from, either.
constexpr size_t kMostUnsent = size_t{4} << 20;

/// A message on its way out.
struct Sent {
  uv_write_t request;
  std::string line;
};

class StdioFront final : public Front, public McpPeer {
 public:
  explicit StdioFront(const pf_program& program) : program_(program) {}

  bool open() override;
  void drain() override;
  void close() override;
  [[nodiscard]] bool is_closed() const override { return open_handles_ == 0 && unsent_ == 0; }
  [[nodiscard]] bool ends_gracefully() const override { return false; }

  void answer(std::string message, int) override { send(std::move(message)); }
  void notify(std::string message) override { send(std::move(message)); }

 private:
  bool take_standard_streams();
  bool open_output();
  bool open_input();
  int start_reading();
  void read_file();
  void take(const char* data, size_t len);
  void take_line(std::string_view line);
  void send(std::string message);
  void sent(Sent* message);
  void close_input();
  void reader_is_gone();
  static void on_read(uv_stream_t* stream, ssize_t got, const uv_buf_t*);

  const pf_program& program_;
  int input_ = -1;
  int output_ = -1;
  uv_pipe_t in_{};
  uv_pipe_t out_{};
  bool in_is_open_ = false;
  bool out_is_open_ = false;  ///< else it is written to as a file
  bool reads_ = false;
  bool reader_gone_ = false;
  int open_handles_ = 0;
  size_t unsent_ = 0;
  std::string line_;          ///< what has come of the next one
  bool passes_over_ = false;  ///< the rest of one that is too long
  char chunk_[64 * 1024];
};

/// What flows read and print, and the programs that they start, is no part of the protocol.
bool StdioFront::take_standard_streams() {
  input_ = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
  output_ = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const bool taken = input_ >= 0 && output_ >= 0 && nothing >= 0 &&
                     dup2(nothing, STDIN_FILENO) >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0;
  if (nothing >= 0) ::close(nothing);
  if (!taken) pf_config_error(nullptr, nullptr, "standard streams: %s", strerror(errno));
  return taken;
}

bool StdioFront::open() { return take_standard_streams() && open_output() && open_input(); }

bool StdioFront::open_output() {
  const uv_handle_type kind = uv_guess_handle(output_);
  if (kind != UV_NAMED_PIPE && kind != UV_TCP) return true;
  uv_pipe_init(pf_loop_uv(), &out_, 0);
  out_.data = this;
  if (const int failed = uv_pipe_open(&out_, output_)) {
    pf_config_error(nullptr, nullptr, "standard output: %s", uv_strerror(failed));
    return false;
  }
  out_is_open_ = true;
  return true;
}

bool StdioFront::open_input() {
  if (uv_guess_handle(input_) == UV_FILE) {
    read_file();
    drain_server();
    return true;
  }
  uv_pipe_init(pf_loop_uv(), &in_, 0);
  ++open_handles_;
  in_.data = this;
  in_is_open_ = true;
  int failed = uv_pipe_open(&in_, input_);
  if (failed == 0) failed = start_reading();
  if (failed == 0) return reads_ = true;
  pf_config_error(nullptr, nullptr, "standard input: %s", uv_strerror(failed));
  return false;
}

int StdioFront::start_reading() {
  auto room = [](uv_handle_t* handle, size_t, uv_buf_t* out) {
    auto* front = static_cast<StdioFront*>(handle->data);
    *out = uv_buf_init(front->chunk_, sizeof front->chunk_);
  };
  return uv_read_start(reinterpret_cast<uv_stream_t*>(&in_), room, on_read);
}

void StdioFront::read_file() {
  for (int64_t got; (got = pf_read(input_, chunk_, sizeof chunk_)) > 0;)
    take(chunk_, static_cast<size_t>(got));
}

void StdioFront::on_read(uv_stream_t* stream, ssize_t got, const uv_buf_t*) {
  auto* front = static_cast<StdioFront*>(stream->data);
  if (got > 0) return front->take(front->chunk_, static_cast<size_t>(got));
  if (got < 0) drain_server();
}

void StdioFront::take(const char* data, size_t len) {
  std::string_view rest(data, len);
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    line_ += rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    if (line_.size() > settings().body) {
      if (!passes_over_) send(rpc_error(nullptr, kInvalidRequest, "the message is too long"));
      passes_over_ = true;
      line_.clear();
    }
    if (end == rest.npos) return;
    std::string line;
    line.swap(line_);
    if (!passes_over_) take_line(line);
    passes_over_ = false;
  }
}

void StdioFront::take_line(std::string_view line) {
  if (line.find_first_not_of(" \t\r") != line.npos)
    take_mcp_message(program_, line, nullptr, *this);
}

void StdioFront::send(std::string message) {
  message += '\n';
  if (reader_gone_) return;
  if (!out_is_open_) {
    if (!rt::write_all(output_, message.data(), message.size())) reader_is_gone();
    return;
  }
  auto* sent = new Sent{{}, std::move(message)};
  sent->request.data = this;
  uv_buf_t bytes = uv_buf_init(sent->line.data(), static_cast<unsigned>(sent->line.size()));
  unsent_ += sent->line.size();
  auto done = [](uv_write_t* request, int failed) {
    auto* front = static_cast<StdioFront*>(request->data);
    if (failed) front->reader_is_gone();
    front->sent(reinterpret_cast<Sent*>(request));
  };
  if (uv_write(&sent->request, reinterpret_cast<uv_stream_t*>(&out_), &bytes, 1, done) != 0) {
    reader_is_gone();
    this->sent(sent);
    return;
  }
  if (unsent_ > kMostUnsent && reads_) {
    uv_read_stop(reinterpret_cast<uv_stream_t*>(&in_));
    reads_ = false;
  }
}

void StdioFront::sent(Sent* message) {
  unsent_ -= message->line.size();
  delete message;
  if (unsent_ == 0) server_looks();
  if (!reads_ && in_is_open_ && unsent_ <= kMostUnsent / 2) reads_ = start_reading() == 0;
}

/// Nobody hears the answers.
void StdioFront::reader_is_gone() {
  if (reader_gone_) return;
  reader_gone_ = true;
  leave_mcp_peer(*this);
  drain_server();
}

void StdioFront::close_input() {
  if (!in_is_open_) return;
  in_is_open_ = reads_ = false;
  uv_close(reinterpret_cast<uv_handle_t*>(&in_), [](uv_handle_t* handle) {
    --static_cast<StdioFront*>(handle->data)->open_handles_;
    server_looks();
  });
}

void StdioFront::drain() { close_input(); }

void StdioFront::close() { close_input(); }

}  // namespace

int run_mcp_stdio(const pf_program& program) {
  if (!read_settings()) return 2;
  static StdioFront front(program);
  return run_server(front);
}

}  // namespace pflow::serve
