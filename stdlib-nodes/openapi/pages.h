/// The items of a list that an API gives page by page, as a stream: a page is asked for when its
/// first item is wanted. How the list goes on is the member `pages` of an operation
/// (docs/openapi.md).
#pragma once

#include "plan.h"
#include "request.h"

namespace pf_openapi {

/// Whether the node gives the items of all pages.
bool gives_pages(const Plan& plan);

/// Puts the stream into the output; `request` is that of the first page.
void open_pages(const Plan& plan, Request request, void* out);

}  // namespace pf_openapi
