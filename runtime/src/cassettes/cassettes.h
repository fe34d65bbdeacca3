/// How a program reaches its cassettes, which only those that make requests link (src/cassettes).
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

struct CassettesApi {
  /// Before anything runs: opens what the command line, the environment and the program's blocks
  /// name. False after what is wrong was reported.
  bool (*open)(const pf_program& program);
  /// When the program ends, however it does; the second time nothing. False: reported.
  bool (*finish)();
  /// Whether a cassette hears of the requests that are made now.
  bool (*listen)();
};

}  // namespace pflow::rt

extern "C" const pflow::rt::CassettesApi pf_cassettes __attribute__((weak, visibility("default")));
