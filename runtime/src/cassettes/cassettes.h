/// How a program reaches its cassettes, which only those that make requests link (src/cassettes).
#pragma once

namespace pflow::rt {

struct CassettesApi {
  /// Before anything runs: opens what the command line or the environment names. False after what
  /// is wrong was reported.
  bool (*open)();
  /// When the program ends, however it does; the second time nothing. False: reported.
  bool (*finish)();
};

}  // namespace pflow::rt

extern "C" const pflow::rt::CassettesApi pf_cassettes __attribute__((weak, visibility("default")));
