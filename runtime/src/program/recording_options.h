/// What the command line says of recording requests; the texts live as long as the program.
#pragma once

namespace pflow::rt {

struct RecordingOptions {
  const char* record;  ///< of `--record`; null when it is not given, and so on
  const char* replay;
  const char* mode;
};
RecordingOptions& recording_options();

}  // namespace pflow::rt
