// Which calls may be done again: all, as a question costs money and changes nothing.
#include "models.pf.hpp"

bool pfn_models_llm_repeatable(const llm_in*) { return true; }
bool pfn_models_llm_stream_repeatable(const llm_stream_in*) { return true; }
bool pfn_models_llm_items_repeatable(const llm_items_in*) { return true; }
bool pfn_models_embed_repeatable(const embed_in*) { return true; }
