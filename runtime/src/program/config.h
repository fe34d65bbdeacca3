/// The user's settings: PFLOW_HOME and what a call without `model` uses.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

/// The path of a file in PFLOW_HOME (else $XDG_CONFIG_HOME/pflow, else
/// ~/.config/pflow). False when none of these is set.
bool add_config_path(Buffer& out, const char* file);
/// A small file's bytes. False: errno says why.
bool read_small_file(const char* path, Buffer& out);
/// What `--model` said.
void set_model_option(const char* model);
/// Null: nothing.
[[nodiscard]] const char* model_option();

}  // namespace pflow::rt
