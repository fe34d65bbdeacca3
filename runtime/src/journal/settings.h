/// What the command line says of journals.
#pragma once

namespace pflow::rt {

enum class Sync : unsigned char { Never, End, Effects };

struct JournalSettings {
  const char* from = nullptr;  ///< `--resume-from`
  bool does_again = false;     ///< `--in-doubt again`
  bool keeps_results = false;  ///< `--keep-results`
  Sync sync = Sync::Effects;   ///< `--journal-sync`
};
[[nodiscard]] const JournalSettings& journal_settings();

}  // namespace pflow::rt
