// hash_file: SHA-256 of a file of any size, in constant memory.
#include <errno.h>
#include <unistd.h>

#include "descriptor.h"
#include "files.pf.hpp"
#include "pflow/node.hpp"
#include "pflow/sha256.hpp"
#include "read_whole.h"

pf_status pfn_files_hash_file(pf_call* call, const hash_file_in* in, hash_file_out* out) {
  static char chunk[256 * 1024];
  pf_files::PathText path;
  if (!path.set(call, in->path)) return PF_FAILED;
  pf_files::Descriptor file(pf_files::open_to_read(path.c_str()));
  if (file.get() < 0) return pf_files::cannot_read(call, path.c_str(), errno);
  pflow::Sha256 hash;
  for (;;) {
    int64_t n = pf_read(file.get(), chunk, sizeof(chunk));
    if (n < 0) return pf_files::cannot_read(call, path.c_str(), errno);
    if (n == 0) break;
    hash.add({chunk, static_cast<size_t>(n)});
  }
  char hex[65];
  hash.finish(hex);
  out->sha256 = pflow::text(hex);
  return PF_DONE;
}
