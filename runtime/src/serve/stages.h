/// Callers hear of the stages of their flows.
#pragma once

namespace pflow::serve {

/// From here on, whoever's; what nobody has asked for is told to nobody.
void tell_stages();

}  // namespace pflow::serve
