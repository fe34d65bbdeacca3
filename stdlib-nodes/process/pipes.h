/// Pipes to a program that is to be started. Real pipes: a command may open
/// /dev/stderr by name, which it could not if that were a socket.
#pragma once

#include <unistd.h>
#include <uv.h>

namespace pf_process {

/// The ends of one pipe that are still ours; closed when forgotten.
class Pipe {
 public:
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_end(ours_);
    close_end(theirs_);
  }

  /// A pipe that the program reads or writes; 0, or libuv's error.
  int open(bool program_reads) {
    uv_file ends[2];
    int error =
        uv_pipe(ends, program_reads ? 0 : UV_NONBLOCK_PIPE, program_reads ? UV_NONBLOCK_PIPE : 0);
    if (error) return error;
    theirs_ = ends[program_reads ? 0 : 1];
    ours_ = ends[program_reads ? 1 : 0];
    return 0;
  }
  [[nodiscard]] uv_stdio_container_t for_program() const {
    uv_stdio_container_t container;
    container.flags = theirs_ < 0 ? UV_IGNORE : UV_INHERIT_FD;
    container.data.fd = theirs_;
    return container;
  }
  /// Hands our end to a handle, which closes it.
  void give_to(uv_pipe_t& handle) {
    if (ours_ >= 0 && uv_pipe_open(&handle, ours_) == 0) ours_ = -1;
  }

 private:
  static void close_end(uv_file end) {
    if (end >= 0) close(end);
  }
  uv_file ours_ = -1;
  uv_file theirs_ = -1;
};

/// The three of one program; input only when there is something to read.
struct Pipes {
  Pipe input;
  Pipe output;
  Pipe error;

  int open(bool with_input) {
    int failed = with_input ? input.open(true) : 0;
    if (!failed) failed = output.open(false);
    return failed ? failed : error.open(false);
  }
};

}  // namespace pf_process
