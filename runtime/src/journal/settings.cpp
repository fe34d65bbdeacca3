#include "runtime/src/journal/settings.h"

#include <string.h>

#include "pflow/watch.h"

namespace pflow::rt {
namespace {

JournalSettings g_settings;

bool nothing(const char*, const pf_program*, const void*) { return true; }

bool set_from(const char* value, const pf_program*, void*, bool*) {
  g_settings.from = value;
  return true;
}

bool set_in_doubt(const char* value, const pf_program*, void*, bool*) {
  g_settings.does_again = value && strcmp(value, "again") == 0;
  if (!value || g_settings.does_again || strcmp(value, "fail") == 0) return true;
  pf_config_error(nullptr, "it is `again` or `fail`", "`--in-doubt` cannot be `%s`", value);
  return false;
}

bool set_keep_results(const char* value, const pf_program*, void*, bool*) {
  g_settings.keeps_results = value && strcmp(value, "0") != 0;
  return true;
}

bool set_sync(const char* value, const pf_program*, void*, bool*) {
  constexpr const char* kNames[] = {"never", "end", "effects"};
  if (!value) return true;
  for (unsigned char i = 0; i < 3; ++i) {
    if (strcmp(value, kNames[i]) != 0) continue;
    g_settings.sync = static_cast<Sync>(i);
    return true;
  }
  pf_config_error(nullptr, "it is `never`, `end` or `effects`", "`--journal-sync` cannot be `%s`",
                  value);
  return false;
}

}  // namespace

const JournalSettings& journal_settings() { return g_settings; }

}  // namespace pflow::rt

const pf_watch pf_resume_from = {"resume-from", pflow::rt::nothing, pflow::rt::set_from};
const pf_watch pf_in_doubt = {"in-doubt", pflow::rt::nothing, pflow::rt::set_in_doubt};
const pf_watch pf_keep_results = {"keep-results", pflow::rt::nothing, pflow::rt::set_keep_results};
const pf_watch pf_journal_sync = {"journal-sync", pflow::rt::nothing, pflow::rt::set_sync};
