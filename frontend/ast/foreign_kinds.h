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

/// What the first text in the brackets names, and the second, where a file beside the program tells
/// of them.
struct ForeignOwner {
  std::string_view noun;    ///< `server`; empty: there is no such file
  std::string_view part;    ///< `tool`
  std::string_view ending;  ///< of the file: `.mcp.json`
  std::string_view source;  ///< what `pflowc WORD add NAME` makes it of, or of a URL: `COMMAND …`
};

struct ForeignKind {
  std::string_view word;     ///< `exec`, also the module that carries them out
  std::string_view first;    ///< what the first text in the brackets is
  std::string_view example;  ///< of the whole
  /// Bits of Effect that all its nodes have; those of a server follow from how it is reached.
  uint16_t effects;
  /// Its nodes may give a stream.
  bool streams;
  ForeignOwner owner;
  std::span<const ForeignOption> options;
};

[[nodiscard]] std::span<const ForeignKind> foreign_kinds();

}  // namespace pflow::ast
