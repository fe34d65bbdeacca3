#include "pflow/sha256.hpp"

#include "data.pf.hpp"
#include "raw_bytes.h"

pf_status pfn_data_sha256(pf_call*, const sha256_in* in, sha256_out* out) {
  pflow::Sha256 hash;
  hash.add(pf_data::raw_bytes(in->data, in->type_T).view());
  char hex[65];
  hash.finish(hex);
  out->hash = pflow::text(hex);
  return PF_DONE;
}
