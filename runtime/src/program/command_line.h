/// The command line of an executable: its parameters, then the built-in options.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// The parameter block and which of its values are set; releases them.
class Params {
 public:
  explicit Params(const pf_program& program);
  Params(const Params&) = delete;
  Params& operator=(const Params&) = delete;
  ~Params();

  [[nodiscard]] void* at(uint32_t index) { return block_ + program_.params[index].offset; }
  [[nodiscard]] char* block() { return block_; }
  [[nodiscard]] const void* block() const { return block_; }
  [[nodiscard]] bool* set() { return set_; }
  [[nodiscard]] bool is_set(uint32_t index) const { return set_[index]; }
  void mark_set(uint32_t index) { set_[index] = true; }

 private:
  const pf_program& program_;
  char* block_;
  bool* set_;
};

enum class CommandLine : unsigned char { Run, Serve, Done, Wrong };

/// Reads the arguments into `params`. Serve: the flows are to be served (serving.h); Done: --help
/// or --version has been answered; Wrong: the error has been printed.
[[nodiscard]] CommandLine read_command_line(int argc, char** argv, const pf_program& program,
                                            Params& params);

/// Fills the parameter marked `in` from standard input, when that is a pipe, a socket or
/// a file and the option is absent. False: a failure is pending.
[[nodiscard]] bool fill_from_stdin(const pf_program& program, Params& params);
/// Evaluates the defaults of what is still unset. False: a failure is pending.
[[nodiscard]] bool fill_defaults(const pf_program& program, Params& params);
/// Whether --explain-cache was given, and as if it was.
[[nodiscard]] bool explains_cache();
void explain_cache();
/// Whether every required parameter is set; prints what is missing.
[[nodiscard]] bool check_required(const pf_program& program, const Params& params);
/// Whether standard input would be read for a parameter of that type that is not set: a
/// pipe, a socket or a file; a stream is fed from a terminal, too.
[[nodiscard]] bool stdin_is_fed(const pf_type* type);

/// `--since` of the parameter `since`, `_` as `-`.
void add_option_name(Buffer& out, const char* prefix, const char* param);
/// Whether a parameter of the program has the option of this name, without `--`.
[[nodiscard]] bool is_parameter(const pf_program& program, pf_str option);
/// The page of `--help`.
void add_help(Buffer& out, const pf_program& program, const char* executable);

}  // namespace pflow::rt
