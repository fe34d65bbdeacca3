// Which calls need no network: those of the model `echo`. For `pflowc test`.
#include "models.pf.hpp"
#include "pflow/node.hpp"
#include "stdlib-nodes/models/choice/embedder.h"
#include "stdlib-nodes/models/choice/provider.h"

namespace {

template <typename Chosen>
bool is_echo(const Chosen& model, const char* otherwise) {
  if (model.has) return pflow::view(model.value) == pf_models::kEcho;
  return otherwise && otherwise == pf_models::kEcho;
}

}  // namespace

bool pfn_models_llm_offline(const llm_in* in) { return is_echo(in->model, pf_default_model()); }

bool pfn_models_llm_stream_offline(const llm_stream_in* in) {
  return is_echo(in->model, pf_default_model());
}

bool pfn_models_llm_items_offline(const llm_items_in* in) {
  return is_echo(in->model, pf_default_model());
}

bool pfn_models_embed_offline(const embed_in* in) {
  return is_echo(in->model, pf_models::default_embedder());
}
