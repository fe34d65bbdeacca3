/// Who carries out the nodes of a program that have no body: the words behind `by`. This is the one
/// list of them; docs/contributing.md says what else a further one needs.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pflow::ast {

/// What is named in the brackets: `processes: 2`.
struct ForeignOption {
  std::string_view name;
  bool is_duration;  ///< else an int; its value counts nanoseconds
  int64_t value;     ///< where it is left out
};

struct ForeignKind {
  std::string_view word;     ///< `exec`, also the module that carries them out
  std::string_view first;    ///< what the first text in the brackets is
  std::string_view example;  ///< of the whole
  /// Bits of Effect that all its nodes have; those of a server follow from how it is reached.
  uint16_t effects;
  bool is_server;  ///< the first text names a server, which a file beside the program tells of
  std::span<const ForeignOption> options;
};

[[nodiscard]] std::span<const ForeignKind> foreign_kinds();

}  // namespace pflow::ast
