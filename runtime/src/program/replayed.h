/// Whether recordings answer every request, so that what stands in for a key is never sent.
#pragma once

namespace pflow::rt {

bool requests_are_replayed();
void set_requests_replayed(bool replayed);

}  // namespace pflow::rt
