// The borders of a block `cassette`. What it names has been opened before anything ran.
#include "pflow/cassettes.hpp"
#include "recordings.pf.hpp"

pf_status pfn_recordings_cassette_begin(pf_call* call, const cassette_begin_in* in,
                                        cassette_begin_out*) {
  if (pflow::cassette_begin(*call->site, in->file)) return PF_DONE;
  return pf_fail(call, PF_E_INTERNAL, "the cassette has not been opened");
}

pf_status pfn_recordings_cassette_end(pf_call*, const cassette_end_in*, cassette_end_out*) {
  pflow::cassette_end();
  return PF_DONE;
}

bool pfn_recordings_cassette_begin_preflight(const pf_site* const* sites, size_t count) {
  return pflow::cassettes_are_open(sites, count);
}
