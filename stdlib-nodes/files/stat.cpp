// stat: what a path names, links followed.
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "files.pf.hpp"
#include "path_text.h"
#include "pflow/node.hpp"

namespace {

/// RFC 3339 in UTC, to the millisecond.
pf_str time_text(const timespec& time) {
  struct tm parts;
  char text[64];
  if (!gmtime_r(&time.tv_sec, &parts)) return {};
  size_t len = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(text + len, sizeof(text) - len, ".%03ldZ", time.tv_nsec / 1'000'000);
  return pflow::text(text);
}

}  // namespace

pf_status pfn_files_stat(pf_call* call, const stat_in* in, stat_out* out) {
  pf_files::PathText path;
  if (!path.set(call, in->path)) return PF_FAILED;
  out->info.path = pflow::share(in->path);
  struct stat info;
  if (stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return PF_DONE;
    return pf_fail(call, PF_E_IO, "cannot look at `%s`: %s", path.c_str(), pf_files::reason(errno));
  }
  out->info.exists = true;
  out->info.is_dir = S_ISDIR(info.st_mode);
  out->info.size = info.st_size;
  out->info.modified = time_text(info.st_mtim);
  return PF_DONE;
}
