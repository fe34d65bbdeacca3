#include "embedding_form.h"

#include <boost/json.hpp>

namespace pf_models {

bool read_vector(const boost::json::value* value, std::vector<double>& to) {
  const boost::json::array* numbers = value ? value->if_array() : nullptr;
  if (!numbers || numbers->empty()) return false;
  to.reserve(numbers->size());
  for (const boost::json::value& number : *numbers) {
    if (!number.is_number()) return false;
    boost::system::error_code error;
    to.push_back(number.to_number<double>(error));
  }
  return true;
}

}  // namespace pf_models
