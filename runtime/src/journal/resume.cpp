#include "runtime/src/journal/resume.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <new>

#include "pflow/watch.h"
#include "runtime/src/journal/doubt.h"
#include "runtime/src/journal/inputs.h"
#include "runtime/src/journal/plan.h"
#include "runtime/src/journal/settings.h"
#include "runtime/src/program/config.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

Resumed* g_resumed;  ///< lives as long as the program

constexpr int shown(const pf_str& text) { return static_cast<int>(text.len); }

bool refuse(const char* help, Buffer& why) {
  pf_config_error(nullptr, help, "cannot go on with `%s`: %s", g_resumed->path.c_str(),
                  why.c_str());
  return false;
}

/// What names a file is one; else it is the id of a run.
bool find_journal(const char* run) {
  Buffer& path = g_resumed->path;
  path.add(run);
  if (strchr(run, '/') || access(run, F_OK) == 0) return true;
  path.clear();
  return add_journal_path(path, run);
}

bool open_journal(const char* run) {
  Buffer why;
  if (find_journal(run) && g_resumed->file.open(g_resumed->path.c_str())) return true;
  if (errno == EAGAIN) {
    why.add("another process runs it");
    return refuse("wait for its end, or stop it", why);
  }
  why.add(strerror(errno));
  return refuse("name the file of a journal, or a run that `pflowc runs list` shows", why);
}

/// Its model, where the command line names none, and its parameters.
bool take_over(const pf_program& program, void* params, bool* set) {
  Buffer why;
  const pf_str run = g_resumed->recorded.run();
  const pf_str name = json_text_member(run, "program"), own = view(program.name);
  if (!pf_str_equal(&name, &own)) {
    why.format("it is a run of `%.*s`, this is `%s`", shown(name), name.data, program.name);
    return refuse("start it with the executable that began it", why);
  }
  const pf_str model = json_text_member(run, "model");
  if (model.len != 0 && !model_option()) {
    Buffer kept;
    kept.add(model);
    (void)kept.c_str();
    set_model_option(kept.take().data);  // for the rest of the program
  }
  if (fill_inputs(json_member(run, "inputs"), program, params, set, why)) return true;
  return refuse("give it on the command line", why);
}

bool fill(const char* value, const pf_program* program, void* params, bool* set) {
  if (!value) return true;
  g_resumed = new (allocate(sizeof(Resumed))) Resumed;
  if (!open_journal(value)) return false;
  Buffer why;
  if (!g_resumed->recorded.read(g_resumed->file.descriptor(), journal_settings().from, why))
    return refuse("a run that begins anew takes another journal", why);
  return take_over(*program, params, set);
}

// ---- before anything runs -------------------------------------------------------------------

/// Empty: the plan has no such site.
pf_str hash_in_plan(const char* plan, pf_str site) {
  PlanLine line;
  while (next_plan_line(plan, line))
    if (pf_str_equal(&line.site, &site)) return line.hash;
  return {};
}

/// Every stage that has given something is still there, and gives values of the same types.
bool fits_plan(const pf_program& program) {
  Buffer why;
  const pf_str before = json_member(g_resumed->recorded.run(), "plan");
  Numbers seen;  // each site is looked at once
  for (const pf_str& key : g_resumed->recorded.keys()) {
    const pf_str site = site_of_key(key);
    if (seen.find(site, 0) != 0) continue;
    seen.set(site, 1);
    Buffer name;
    name.add(site);
    const pf_str then = json_text_member(before, name.c_str());
    const pf_str now = hash_in_plan(program.plan, site);
    if (then.len == 0 || pf_str_equal(&then, &now)) continue;
    why.add(why.size() == 0 ? "the program has changed: " : ", ");
    why.format("`%s` %s", name.c_str(), now.len == 0 ? "is gone" : "gives other values");
  }
  if (why.size() == 0) return true;
  return refuse("`--resume-from STAGE` begins again at a stage before it; a new run begins anew",
                why);
}

bool nothing_is_in_doubt() {
  if (journal_settings().does_again) return true;
  Buffer why;
  settle_doubts(g_resumed->recorded, why);
  return why.size() == 0 ||
         refuse("look what it has changed; `--in-doubt again` does it again", why);
}

bool begin(const char*, const pf_program* program, const void*) {
  return !g_resumed || (fits_plan(*program) && nothing_is_in_doubt());
}

}  // namespace

Resumed* resumed() { return g_resumed; }

bool add_journal_path(Buffer& out, const char* id) {
  Buffer name;
  name.format("runs/%s.journal", id);
  errno = ENOENT;
  return add_config_path(out, name.c_str());
}

}  // namespace pflow::rt

const pf_watch pf_resume = {"resume", pflow::rt::begin, pflow::rt::fill};
