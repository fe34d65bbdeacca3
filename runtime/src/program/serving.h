/// Whether the program serves its flows, as its command line says.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

enum class Served : unsigned char { No, OnStreams, OverHttp, ToRestate };

/// `address`, which lives as long as the program, is null on streams.
void serve_at(Served how, const char* address);
[[nodiscard]] bool is_serving();
/// Serves until that ends; gives the exit code.
[[nodiscard]] int serve(const pf_program& program);

}  // namespace pflow::rt
