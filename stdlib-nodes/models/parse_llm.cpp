// parse_llm: the text of an answer as a value of a type.
#include "lenient/lenient_reader.h"
#include "models.pf.hpp"
#include "pflow/node.hpp"
#include "unread_answer.h"

pf_status pfn_models_parse_llm(pf_call* call, const parse_llm_in* in, parse_llm_out* out) {
  using pf_models::lenient::Root;
  pf_models::lenient::Reading reading =
      pf_models::is_strict(in->parse)
          ? pf_models::lenient::read_strictly(in->text, *in->type_T, Root::Plain, out->value)
          : pf_models::lenient::read_leniently(in->text, *in->type_T, Root::Plain, out->value);
  if (!reading.read) return pf_models::fail_unread(call, reading, pflow::view(in->text));
  out->mended = pf_models::take_mended(reading);
  return PF_DONE;
}
